namespace Multiprocessing.Workers.Serving;

/// <summary>Calls a function for each input.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal sealed class MapFunction<T, TResult>(Func<T, TResult> function) : InputFunction<T, TResult>
{
    public override Delegate Function => function;

    protected override TResult Invoke(T input) => function(input);
}
