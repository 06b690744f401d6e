using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools.Serving;

/// <summary>The map from <see cref="int"/> to <see cref="int"/> that a worker in stock tries out.</summary>
internal sealed class MapWarmUp : IWarmUpTasks
{
    private const string Name = "warm-up";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PackFunction() => Shipment.Pack(new MapFunction<int, int>(static x => x + 1), Name).Payload;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PackInputs()
    {
        ReadOnlySpan<int> inputs = [1, 2];
        PayloadWriter tasks = new();
        tasks.WriteInt64(0);
        tasks.WriteInt32(inputs.Length);
        TaskData<int>.Write(tasks, inputs, static _ => Name, attach: true);
        return tasks.Written;
    }
}
