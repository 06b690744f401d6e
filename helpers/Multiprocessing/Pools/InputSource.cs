namespace Multiprocessing.Pools;

/// <summary>Where the inputs of a call come from.</summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal abstract class InputSource<T>
{
    /// <summary>How many are left; null if nobody knows.</summary>
    public abstract long? Remaining { get; }

    /// <summary>Whether there is one now.</summary>
    public abstract bool HasNext { get; }

    /// <summary>Whether there will be no more.</summary>
    public abstract bool IsExhausted { get; }

    /// <summary>Why there will be no more, if that is not the end.</summary>
    public virtual Exception? Error => null;

    /// <summary>Takes the next ones.</summary>
    /// <param name="most">How many at most.</param>
    public abstract ArraySegment<T> Take(int most);
}
