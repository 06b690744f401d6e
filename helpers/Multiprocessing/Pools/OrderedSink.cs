namespace Multiprocessing.Pools;

/// <summary>Passes results on in the order of their inputs, up to the first input that has none.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class OrderedSink<TResult>(StreamWindow window) : StreamSink<TResult>(window)
{
    /// <summary>By index; null for an input without a result.</summary>
    private readonly SortedDictionary<long, TResult[]?> _early = [];
    private long _next;
    private bool _isClosed;

    public override bool IsClosed => _isClosed;

    public override void Accept(long first, int inputs, TResult[] results)
    {
        _early.Add(first, results);
        EmitNext();
    }

    public override void Skip(long index, Exception error)
    {
        _early.Add(index, null);
        EmitNext();
    }

    private void EmitNext()
    {
        while (!_isClosed && _early.Remove(_next, out TResult[]? results))
        {
            if (results is null)
            {
                _isClosed = true;
                return;
            }

            _next += results.Length;
            Emit(results);
        }
    }
}
