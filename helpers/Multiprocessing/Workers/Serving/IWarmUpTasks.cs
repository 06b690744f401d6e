using Multiprocessing.Connections;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>A function for many inputs, and some, with which a worker in stock tries out what its first call will take. Who makes such calls knows one.</summary>
internal interface IWarmUpTasks
{
    /// <summary>Makes the request that tells the function: <see cref="FrameKind.Function"/>.</summary>
    ReadOnlyMemory<byte> PackFunction(SerializationContext context);

    /// <summary>Makes the request that gives inputs: <see cref="FrameKind.Tasks"/>.</summary>
    ReadOnlyMemory<byte> PackInputs(SerializationContext context);
}
