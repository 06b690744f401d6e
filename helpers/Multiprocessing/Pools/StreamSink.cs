using System.Threading.Channels;
using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>Passes results on as they come, or in the order of their inputs and up to the first input that has none. The reader's side is thread-safe.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
/// <param name="window">Has room again for each result that was taken.</param>
/// <param name="isOrdered">Whether the order of the inputs is kept.</param>
internal sealed class StreamSink<TResult>(StreamWindow window, bool isOrdered) : ResultSink
{
    private readonly Channel<TResult> _results = Channel.CreateUnbounded<TResult>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>What came before its turn, by index; null for an input without a result.</summary>
    private readonly SortedDictionary<long, TResult[]?> _early = [];
    private long _next;
    private bool _isClosed;

    public ChannelReader<TResult> Reader => _results.Reader;

    public override bool IsClosed => _isClosed;

    public override bool WantsAll => false;

    public override int JournalSize => TaskData<TResult>.PlainSize;

    public override Exception?[]? Accept(long first, int inputs, PayloadReader content, IAttachmentSource? attachments, SerializationContext context)
    {
        TResult[] results = new TResult[inputs];
        Exception?[]? errors = TaskData<TResult>.Read(content, results, context, context.Loaded, attachments);
        if (errors is null && isOrdered)
        {
            _early.Add(first, results);
            EmitNext();
        }
        else if (errors is null)
        {
            Emit(results);
        }

        return errors;
    }

    public override void Skip(long index)
    {
        window.Leave();
        if (isOrdered)
        {
            _early.Add(index, null);
            EmitNext();
        }
    }

    /// <summary>Notes that the reader has taken a result.</summary>
    public void OnTaken() => window.Leave();

    /// <summary>Tells the reader that there is nothing more.</summary>
    /// <param name="error">Why, if that is not the end.</param>
    public void Complete(Exception? error) => _results.Writer.Complete(error);

    private void EmitNext()
    {
        while (!_isClosed && _early.Remove(_next, out TResult[]? results))
        {
            _isClosed = results is null;
            Emit(results ?? []);
        }
    }

    private void Emit(TResult[] results)
    {
        foreach (TResult result in results)
        {
            _results.Writer.TryWrite(result);
        }

        _next += results.Length;
    }
}
