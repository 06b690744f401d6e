namespace Multiprocessing.Workers.Serving;

/// <summary>Calls an async function for each input, and waits for its end before the next.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class AsyncMapFunction<T, TResult>(Func<T, Task<TResult>> function) : InputFunction<T, TResult>
{
    public override Delegate Function => function;

    protected override TResult Invoke(T input) => function(input).GetAwaiter().GetResult();
}
