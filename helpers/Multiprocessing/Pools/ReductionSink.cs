namespace Multiprocessing.Pools;

/// <summary>Keeps what ranges of inputs come to, until all are there.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class ReductionSink<TResult> : ResultSink<TResult>
{
    private readonly SortedDictionary<long, TResult> _partial = [];

    public override int CountOf(int inputs) => 1;

    public override void Accept(long first, int inputs, TResult[] results) => _partial.Add(first, results[0]);

    /// <summary>Combines them, in the order of the inputs.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TResult Reduce(Func<TResult, TResult, TResult> reduce) => _partial.Count == 0
        ? throw new InvalidOperationException("There is nothing to reduce: the source is empty.")
        : _partial.Values.Aggregate(reduce);
}
