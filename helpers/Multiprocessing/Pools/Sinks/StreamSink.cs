using System.Threading.Channels;
using Multiprocessing.Connections;

namespace Multiprocessing.Pools.Sinks;

/// <summary>Passes results on as they come. The reader's side is thread-safe.</summary>
/// <typeparam name="TResult">The type of the results.</typeparam>
/// <param name="ahead">How many results may wait for the reader.</param>
/// <param name="wakeup">Set when there is room again.</param>
internal class StreamSink<TResult>(Func<int> ahead, CallEvent wakeup) : ResultSink<TResult>
{
    private readonly Channel<TResult> _results = Channel.CreateUnbounded<TResult>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private int _waiting;

    public ChannelReader<TResult> Reader => _results.Reader;

    public override bool HasRoom => Volatile.Read(ref _waiting) < ahead();

    public override void Accept(long first, int inputs, TResult[] results) => Emit(results);

    /// <summary>Notes that the reader has taken a result.</summary>
    public void OnTaken()
    {
        int left = Interlocked.Decrement(ref _waiting);
        if (left + 1 == ahead() || left == 0)
        {
            wakeup.Set();
        }
    }

    /// <summary>Tells the reader that there is nothing more.</summary>
    /// <param name="error">Why, if that is not the end.</param>
    public void Complete(Exception? error) => _results.Writer.Complete(error);

    protected void Emit(TResult[] results)
    {
        Interlocked.Add(ref _waiting, results.Length);
        foreach (TResult result in results)
        {
            _results.Writer.TryWrite(result);
        }
    }
}
