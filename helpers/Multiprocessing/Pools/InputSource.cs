using Multiprocessing.Serialization;

namespace Multiprocessing.Pools;

/// <summary>Where the inputs of a call come from. All that knows their type: the call itself does not, so that its code is compiled ahead of time whatever they are.</summary>
internal abstract class InputSource
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
    /// <param name="first">The index of the first of them.</param>
    /// <param name="most">How many at most.</param>
    public abstract Batch Take(long first, int most);

    /// <summary>Writes inputs that it has given.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="batch">The inputs.</param>
    /// <param name="context">The process's.</param>
    /// <param name="attach">Whether large arrays may go beside the payload.</param>
    /// <param name="onError">Is told which input cannot go, and why; those behind it are not written then.</param>
    /// <returns>What else goes.</returns>
    public abstract Shipment Write(PayloadWriter output, Batch batch, SerializationContext context, bool attach, Action<int, Exception> onError);

    /// <summary>For inputs of which none can be refused.</summary>
    protected static Func<int, string> NoName { get; } = static _ => "";

    /// <summary>What a reader calls the inputs of a batch.</summary>
    protected static Func<int, string> NamesOf(Batch batch) => i => $"input {batch.First + i}";
}
