using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools.Serving;

/// <summary>The map from <see cref="int"/> to <see cref="int"/> that a worker in stock tries out.</summary>
internal sealed class MapWarmUp : IWarmUpTasks
{
    private const string Name = "warm-up";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PackFunction(SerializationContext context) => Shipment.Pack(new MapFunction<int, int>(static x => x + 1), Name, context).Payload;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PackInputs(SerializationContext context)
    {
        ReadOnlySpan<int> inputs = [1, 2];
        PayloadWriter tasks = new();
        tasks.WriteInt64(0);
        tasks.WriteInt32(inputs.Length);
        TaskData<int>.Write(tasks, inputs, static _ => Name, context, attach: true);
        return tasks.Written;
    }

    /// <summary>
    /// Never called: the compiler that works ahead of time makes the code of a generic type for the arguments that it is named with, and of its virtual members for those that are called
    /// without a detour. These are the commonest; others are compiled by the first call, in some 5 ms.
    /// </summary>
    public static void CompileAhead(PayloadReader inputs, in TaskRange range, TaskReplies replies)
    {
        new MapFunction<int, int>(null!).Run(inputs, null, range, replies);
        new MapFunction<int, long>(null!).Run(inputs, null, range, replies);
        new MapFunction<int, double>(null!).Run(inputs, null, range, replies);
        new MapFunction<int, bool>(null!).Run(inputs, null, range, replies);
        new MapFunction<int, string>(null!).Run(inputs, null, range, replies);
        new MapFunction<long, long>(null!).Run(inputs, null, range, replies);
        new MapFunction<double, double>(null!).Run(inputs, null, range, replies);
        new MapFunction<string, int>(null!).Run(inputs, null, range, replies);
        new MapFunction<string, string>(null!).Run(inputs, null, range, replies);
        new EachFunction<int>(null!).Run(inputs, null, range, replies);
    }
}
