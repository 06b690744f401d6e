namespace Multiprocessing.Connections.Calls;

/// <summary>Calls an async function and waits for its value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class AsyncFunctionCall<T>(Func<Task<T>> function) : Call
{
    public override Delegate Function => function;

    public override object? Invoke() => function().GetAwaiter().GetResult();
}
