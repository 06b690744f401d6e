using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>Inputs that are all there.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <param name="inputs">The inputs.</param>
/// <param name="window">How many may be under way; null for all.</param>
internal sealed class ArraySource<T>(T[] inputs, StreamWindow? window = null) : InputSource
{
    private int _next;

    public override long? Remaining => inputs.Length - _next;

    public override bool HasNext => !IsExhausted && window is not { Room: 0 };

    public override bool IsExhausted => _next == inputs.Length;

    public override Batch Take(long first, int most)
    {
        int count = Math.Min(most, inputs.Length - _next);
        if (window is not null)
        {
            count = Math.Min(count, window.Room);
            window.Enter(count);
        }

        _next += count;
        return new Batch(first, inputs, _next - count, count);
    }

    public override Shipment Write(PayloadWriter output, Batch batch, SerializationContext context, bool attach, Action<int, Exception> onError) =>
        TaskData<T>.Write(output, batch.Inputs<T>(), TaskData<T>.IsPlain ? NoName : NamesOf(batch), context, attach, onError);
}
