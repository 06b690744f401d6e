using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>
/// Inputs that are enumerated while earlier ones are processed: on a thread of their own, since the enumeration is the user's code, which may take its time or use
/// the pool itself. Only so many are read ahead as are soon needed. Thread-safe.
/// </summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class StreamSource<T> : InputSource, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly IEnumerable<T> _inputs;
    private readonly Func<int> _ahead;
    private readonly StreamWindow _window;
    private readonly Action _onMoved;
    private readonly object _gate = new();
    private readonly Queue<T> _queue = new();
    private readonly Thread _thread;
    private Exception? _error;
    private volatile bool _hasEnded;
    private bool _isStopped;

    /// <param name="inputs">The inputs.</param>
    /// <param name="ahead">How many to have ready.</param>
    /// <param name="window">How many may be drawn.</param>
    /// <param name="onMoved">Called when there is an input, or will be none.</param>
    public StreamSource(IEnumerable<T> inputs, Func<int> ahead, StreamWindow window, Action onMoved)
    {
        _inputs = inputs;
        _ahead = ahead;
        _window = window;
        _onMoved = onMoved;
        window.OnRoom = Wake;
        _thread = new Thread(Read) { IsBackground = true, Name = "Pool inputs" };
        _thread.Start();
    }

    public override long? Remaining => null;

    public override bool HasNext
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count > 0;
            }
        }
    }

    public override bool IsExhausted => _hasEnded && !HasNext;

    public override Exception? Error => _error;

    public override Batch Take(long first, int most)
    {
        lock (_gate)
        {
            T[] taken = new T[Math.Min(most, _queue.Count)];
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] = _queue.Dequeue();
            }

            Monitor.Pulse(_gate);
            return new Batch(first, taken, 0, taken.Length);
        }
    }

    public override Shipment Write(PayloadWriter output, Batch batch, SerializationContext context, bool attach, Action<int, Exception> onError) =>
        TaskData<T>.Write(output, batch.Inputs<T>(), TaskData<T>.IsPlain ? NoName : NamesOf(batch), context, attach, onError);

    /// <summary>Has the reading stop, and the source be disposed of: at the next input, if the source does not give one at once.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join(Patience);
    }

    private void Read()
    {
        try
        {
            using IEnumerator<T> inputs = _inputs.GetEnumerator();
            while (AwaitRoom() && inputs.MoveNext())
            {
                _window.Enter(1);
                T input = inputs.Current;
                lock (_gate)
                {
                    _queue.Enqueue(input);
                }

                _onMoved();
            }
        }
#pragma warning disable CA1031 // The user's own code: what it throws reaches the user at the end of the results.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _error = e;
        }
        finally
        {
            _hasEnded = true;
            _onMoved();
        }
    }

    /// <returns>False if no more is wanted.</returns>
    private bool AwaitRoom()
    {
        lock (_gate)
        {
            while (!_isStopped && (_queue.Count >= _ahead() || _window.Room == 0))
            {
                Monitor.Wait(_gate);
            }

            return !_isStopped;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }
}
