namespace Multiprocessing.Calls;

/// <summary>A function with all that it takes to call it, as it is sent to a worker.</summary>
internal abstract class Call
{
    /// <summary>The function.</summary>
    public abstract Delegate Function { get; }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it returned; null if it returns nothing.</returns>
    public abstract object? Invoke();
}
