namespace Multiprocessing.Connections.Calls;

/// <summary>Calls an async function and waits for its end.</summary>
internal sealed class AsyncActionCall(Func<Task> function) : Call
{
    public override Delegate Function => function;

    public override object? Invoke()
    {
        function().GetAwaiter().GetResult();
        return null;
    }
}
