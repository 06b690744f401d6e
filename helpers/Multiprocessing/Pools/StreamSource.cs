using Multiprocessing.Serialization;
using Multiprocessing.Workers.Serving;

namespace Multiprocessing.Pools;

/// <summary>
/// Inputs that are read while earlier ones are processed: by the user's code, which may take its time or use the pool itself. Only so many are read ahead as are soon needed. Thread-safe.
/// </summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal abstract class StreamSource<T> : InputSource, IAsyncDisposable
{
    private readonly Func<int> _ahead;
    private readonly StreamWindow _window;
    private readonly Action _onMoved;
    private readonly Queue<T> _queue = new();

    /// <summary>A thread waits for it, and a <see cref="Lock"/> is none to wait for.</summary>
    private readonly object _gate = new();
    private TaskCompletionSource? _waiting;
    private Exception? _error;
    private bool _isStopped;
    private volatile bool _hasEnded;

    /// <param name="ahead">How many to have ready.</param>
    /// <param name="window">How many may be drawn.</param>
    /// <param name="onMoved">Called when there is an input, or will be none.</param>
    protected StreamSource(Func<int> ahead, StreamWindow window, Action onMoved)
    {
        _ahead = ahead;
        _window = window;
        _onMoved = onMoved;
        window.OnRoom = Wake;
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

    /// <summary>How long the end of the reading is waited for.</summary>
    protected static TimeSpan Patience => TimeSpan.FromMilliseconds(200);

    public override Batch Take(long first, int most)
    {
        lock (_gate)
        {
            T[] taken = new T[Math.Min(most, _queue.Count)];
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] = _queue.Dequeue();
            }

            Pulse();
            return new Batch(first, taken, 0, taken.Length);
        }
    }

    public override Shipment Write(PayloadWriter output, Batch batch, SerializationContext context, bool attach, Action<int, Exception> onError) =>
        TaskData<T>.Write(output, batch.Inputs<T>(), TaskData<T>.IsPlain ? NoName : NamesOf(batch), context, attach, onError);

    /// <summary>Has the reading stop, and the source be disposed of: at the next input, if the source does not give one at once.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            Pulse();
        }

        return AwaitEndAsync();
    }

    /// <summary>Waits for the end of the reading, for a while.</summary>
    protected abstract ValueTask AwaitEndAsync();

    /// <summary>Waits until another one may be drawn.</summary>
    /// <returns>False if no more is wanted.</returns>
    protected bool AwaitRoom()
    {
        lock (_gate)
        {
            bool? mayDraw;
            while ((mayDraw = MayDraw()) is null)
            {
                // Not for a task: a thread that waits for one spins first.
                Monitor.Wait(_gate);
            }

            return mayDraw.Value;
        }
    }

    /// <inheritdoc cref="AwaitRoom"/>
    /// <remarks>No thread waits.</remarks>
    protected async ValueTask<bool> AwaitRoomAsync()
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (MayDraw() is { } mayDraw)
                {
                    return mayDraw;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _waiting.Task;
            }

            await moved.ConfigureAwait(false);
        }
    }

    /// <summary>Notes an input that has been asked for.</summary>
    protected void Add(T input)
    {
        lock (_gate)
        {
            _queue.Enqueue(input);
        }

        _onMoved();
    }

    /// <summary>Notes that the next input is asked for.</summary>
    protected void Enter() => _window.Enter(1);

    /// <summary>Notes that there will be no more.</summary>
    /// <param name="error">Why, if that is not the end: it reaches the user at the end of the results.</param>
    protected void End(Exception? error)
    {
        _error = error;
        _hasEnded = true;
        _onMoved();
    }

    /// <summary>Whether another one may be drawn. Under the lock.</summary>
    /// <returns>False if no more is wanted; null if there is no room at this moment.</returns>
    private bool? MayDraw() => _isStopped ? false : _queue.Count < _ahead() && _window.Room > 0 ? true : null;

    private void Wake()
    {
        lock (_gate)
        {
            Pulse();
        }
    }

    /// <summary>Has the reader, of either kind, look again whether to draw another one. Under the lock.</summary>
    private void Pulse()
    {
        Monitor.Pulse(_gate);
        _waiting?.SetResult();
        _waiting = null;
    }
}
