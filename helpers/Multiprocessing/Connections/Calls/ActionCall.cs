namespace Multiprocessing.Connections.Calls;

/// <summary>Calls a function that returns nothing.</summary>
internal sealed class ActionCall(Action function) : Call
{
    public override Delegate Function => function;

    public override object? Invoke()
    {
        function();
        return null;
    }
}
