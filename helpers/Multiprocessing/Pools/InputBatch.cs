namespace Multiprocessing.Pools;

/// <summary>A batch with its inputs, which are needed again if its worker dies.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class InputBatch<T>(int call, long first, ArraySegment<T> inputs) : Batch(call, first, inputs.Count)
{
    public ArraySegment<T> Inputs => inputs;

    /// <summary>A part of it, to be given to another worker.</summary>
    public InputBatch<T> Part(int start, int count, int attempts) => new(Call, First + start, inputs.Slice(start, count)) { Attempts = attempts };
}
