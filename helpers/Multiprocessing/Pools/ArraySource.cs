namespace Multiprocessing.Pools;

/// <summary>Inputs that are all there.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class ArraySource<T>(T[] inputs) : InputSource<T>
{
    private int _next;

    public override long? Remaining => inputs.Length - _next;

    public override bool HasNext => _next < inputs.Length;

    public override bool IsExhausted => !HasNext;

    public override ArraySegment<T> Take(int most)
    {
        int count = Math.Min(most, inputs.Length - _next);
        _next += count;
        return new ArraySegment<T>(inputs, _next - count, count);
    }
}
