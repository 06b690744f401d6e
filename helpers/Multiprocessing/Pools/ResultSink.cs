namespace Multiprocessing.Pools;

/// <summary>Where the results of a call go. For the thread of the call, except for what says otherwise.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal abstract class ResultSink<TResult>
{
    /// <summary>Whether nothing more is wanted.</summary>
    public virtual bool IsClosed => false;

    /// <summary>How many results inputs that follow each other come to.</summary>
    public virtual int CountOf(int inputs) => inputs;

    /// <summary>Takes the results of inputs that follow each other.</summary>
    /// <param name="first">The index of the first input.</param>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="results">Their results.</param>
    public abstract void Accept(long first, int inputs, TResult[] results);

    /// <summary>Takes note that an input has no result.</summary>
    public virtual void Skip(long index, Exception error)
    {
    }
}
