namespace Multiprocessing.Connections.Calls;

/// <summary>Calls a function that returns a value.</summary>
/// <typeparam name="T">What it returns.</typeparam>
internal sealed class FunctionCall<T>(Func<T> function) : Call
{
    public override Delegate Function => function;

    public override object? Invoke() => function();
}
