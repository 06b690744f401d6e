namespace Multiprocessing.Workers.Serving;

/// <summary>Calls a function for each input, and sends what inputs that follow each other come to.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class ReduceFunction<T, TResult>(Func<T, TResult> map, Func<TResult, TResult, TResult> reduce) : InputFunction<T, TResult>
{
    public override Delegate Function => map;

    protected override bool Condenses => true;

    protected override TResult Invoke(T input) => map(input);

    protected override ReadOnlySpan<TResult> Condense(ReadOnlySpan<TResult> results)
    {
        TResult total = results[0];
        for (int i = 1; i < results.Length; i++)
        {
            total = reduce(total, results[i]);
        }

        return new TResult[] { total };
    }
}
