using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>Where the results of a call go. All that knows their type (see <see cref="InputSource"/>). For the thread of the call, except for what says otherwise.</summary>
internal abstract class ResultSink
{
    /// <summary>Whether nothing more is wanted.</summary>
    public virtual bool IsClosed => false;

    /// <summary>Whether some results are as good as none, so that nothing more is to be done once a worker has died.</summary>
    public virtual bool WantsAll => true;

    /// <summary>How many bytes of a worker's journal a result takes; zero if it does not stand there.</summary>
    public abstract int JournalSize { get; }

    /// <summary>Takes the results of inputs that follow each other, if all of them can be rebuilt.</summary>
    /// <param name="first">The index of the first input.</param>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="content">What their worker has sent.</param>
    /// <param name="attachments">The large arrays of that.</param>
    /// <param name="context">The process's.</param>
    /// <returns>Why results could not be rebuilt; null if all were.</returns>
    public abstract Exception?[]? Accept(long first, int inputs, PayloadReader content, IAttachmentSource? attachments, SerializationContext context);

    /// <summary>Takes note that an input has no result.</summary>
    public virtual void Skip(long index)
    {
    }
}

/// <inheritdoc cref="ResultSink"/>
/// <typeparam name="TResult">The type of the results.</typeparam>
internal abstract class ResultSink<TResult> : ResultSink
{
    public sealed override int JournalSize => TaskData<TResult>.PlainSize;

    public sealed override Exception?[]? Accept(long first, int inputs, PayloadReader content, IAttachmentSource? attachments, SerializationContext context)
    {
        TResult[] results = TaskData<TResult>.Read(content, CountOf(inputs), context, attachments, out Exception?[]? errors);
        if (errors is null)
        {
            Accept(first, results);
        }

        return errors;
    }

    /// <summary>How many results inputs that follow each other come to.</summary>
    protected virtual int CountOf(int inputs) => inputs;

    /// <summary>Takes the results of inputs that follow each other.</summary>
    /// <param name="first">The index of the first input.</param>
    /// <param name="results">Their results.</param>
    protected abstract void Accept(long first, TResult[] results);
}
