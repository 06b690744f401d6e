using System.Runtime.ExceptionServices;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>Stands in for an exception of a worker that cannot be rebuilt in the parent: says what it said.</summary>
internal sealed class RemoteException(WorkerFault fault) : Exception(fault.Message)
{
    /// <inheritdoc/>
    public override string? StackTrace => fault.StackTrace;

    /// <summary>The original exception with its trace in the worker, or its stand-in.</summary>
    public static Exception Rebuild(WorkerFault fault, SerializationContext context)
    {
        if (fault.Graph.Length == 0)
        {
            return new RemoteException(fault);
        }

        try
        {
            return Shipment.Unpack(fault.Graph, context, resolver: context.Loaded) is Exception original
                ? ExceptionDispatchInfo.SetRemoteStackTrace(original, fault.StackTrace)
                : new RemoteException(fault);
        }
#pragma warning disable CA1031 // Rebuilding runs code of the exception's own types; whatever that does, the original error must be told.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new RemoteException(fault);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => fault.Text;
}
