namespace Multiprocessing.Pools.Serving;

/// <summary>Calls an action for each input.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class EachFunction<T>(Action<T> action) : InputFunction<T, Nothing>
{
    public override Delegate Function => action;

    protected override Nothing Invoke(T input)
    {
        action(input);
        return Nothing.AtAll;
    }
}
