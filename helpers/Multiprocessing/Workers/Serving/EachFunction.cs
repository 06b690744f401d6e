namespace Multiprocessing.Workers.Serving;

/// <summary>Calls an action for each input.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class EachFunction<T>(Action<T> action) : InputFunction<T, Unit>
{
    public override Delegate Function => action;

    protected override Unit Invoke(T input)
    {
        action(input);
        return Unit.Value;
    }
}
