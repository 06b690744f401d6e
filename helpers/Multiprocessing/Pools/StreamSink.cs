using System.Threading.Channels;

namespace Multiprocessing.Pools;

/// <summary>Passes results on as they come. The reader's side is thread-safe.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
/// <param name="window">Has room again for each result that was taken.</param>
internal class StreamSink<TResult>(StreamWindow window) : ResultSink<TResult>
{
    private readonly Channel<TResult> _results = Channel.CreateUnbounded<TResult>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public ChannelReader<TResult> Reader => _results.Reader;

    public override void Accept(long first, int inputs, TResult[] results) => Emit(results);

    public override void Skip(long index, Exception error) => window.Leave();

    /// <summary>Notes that the reader has taken a result.</summary>
    public void OnTaken() => window.Leave();

    /// <summary>Tells the reader that there is nothing more.</summary>
    /// <param name="error">Why, if that is not the end.</param>
    public void Complete(Exception? error) => _results.Writer.Complete(error);

    protected void Emit(TResult[] results)
    {
        foreach (TResult result in results)
        {
            _results.Writer.TryWrite(result);
        }
    }
}
