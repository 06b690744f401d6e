namespace Multiprocessing.Workers.Serving;

/// <summary>Calls an async action for each input, and waits for its end before the next.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class AsyncEachFunction<T>(Func<T, Task> action) : InputFunction<T, Unit>
{
    public override Delegate Function => action;

    protected override Unit Invoke(T input)
    {
        action(input).GetAwaiter().GetResult();
        return Unit.Value;
    }
}
