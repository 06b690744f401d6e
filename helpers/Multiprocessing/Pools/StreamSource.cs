using Multiprocessing.Connections;

namespace Multiprocessing.Pools;

/// <summary>
/// Inputs that are enumerated while earlier ones are processed: on a thread of their own, since the enumeration is the user's code, which may take its time or use
/// the pool itself. Only so many are read ahead as are soon needed. Thread-safe.
/// </summary>
/// <typeparam name="T">The type of the inputs.</typeparam>
internal sealed class StreamSource<T> : InputSource<T>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly IEnumerable<T> _inputs;
    private readonly Func<int> _ahead;
    private readonly CallEvent _wakeup;
    private readonly Queue<T> _queue = new();
    private readonly Thread _thread;
    private Exception? _error;
    private bool _hasEnded;
    private bool _isStopped;

    /// <param name="inputs">The inputs.</param>
    /// <param name="ahead">How many to read ahead.</param>
    /// <param name="wakeup">Set when there are inputs.</param>
    public StreamSource(IEnumerable<T> inputs, Func<int> ahead, CallEvent wakeup)
    {
        _inputs = inputs;
        _ahead = ahead;
        _wakeup = wakeup;
        _thread = new Thread(Read) { IsBackground = true, Name = "Pool inputs" };
        _thread.Start();
    }

    public override long? Remaining => null;

    public override bool HasNext
    {
        get
        {
            lock (_queue)
            {
                return _queue.Count > 0;
            }
        }
    }

    public override bool IsExhausted
    {
        get
        {
            lock (_queue)
            {
                return _hasEnded && _queue.Count == 0;
            }
        }
    }

    public override Exception? Error => _error;

    public override ArraySegment<T> Take(int most)
    {
        lock (_queue)
        {
            T[] taken = new T[Math.Min(most, _queue.Count)];
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] = _queue.Dequeue();
            }

            Monitor.Pulse(_queue);
            return taken;
        }
    }

    /// <summary>Has the reading stop, and the source be disposed of: at the next input, if the source does not give one at once.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _isStopped = true;
            Monitor.Pulse(_queue);
        }

        _thread.Join(Patience);
    }

    private void Read()
    {
        try
        {
            foreach (T input in _inputs)
            {
                if (!Add(input))
                {
                    return;
                }
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
            lock (_queue)
            {
                _hasEnded = true;
            }

            _wakeup.Set();
        }
    }

    private bool Add(T input)
    {
        bool wasEmpty;
        lock (_queue)
        {
            while (!_isStopped && _queue.Count >= _ahead())
            {
                Monitor.Wait(_queue);
            }

            wasEmpty = _queue.Count == 0;
            _queue.Enqueue(input);
            if (_isStopped)
            {
                return false;
            }
        }

        if (wasEmpty)
        {
            _wakeup.Set();
        }

        return true;
    }
}
