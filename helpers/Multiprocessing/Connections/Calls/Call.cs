namespace Multiprocessing.Connections.Calls;

/// <summary>A function with all that it takes to call it, as it is sent to a worker.</summary>
internal abstract class Call
{
    /// <summary>The function.</summary>
    public abstract Delegate Function { get; }

    /// <summary>The function that a reader would say is run; null if that is not known before there is something to do.</summary>
    public virtual Delegate? Work => Function;

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it returned; null if it returns nothing.</returns>
    public abstract object? Invoke();
}
