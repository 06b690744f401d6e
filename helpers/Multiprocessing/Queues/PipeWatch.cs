using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>What one end of a pipe knows of the other: whether anybody still has that. Thread-safe.</summary>
internal sealed class PipeWatch : ISharedObject, IDisposable
{
    private Lock _gate = null!;
    private Segment _segment = null!;
    private PipeHolders _holders = null!;
    private bool _hasEnded;
    private int _changes;
    private long _lookedAt;
    private volatile bool _isGone;

    public PipeWatch(Segment segment, SerializationContext context) => ((ISharedObject)this).Attach(segment, context);

    /// <summary>
    /// Whether nobody has it. Who disposes of it says so; whether those that have it live is looked at once a slice, since a look at each process costs some ten microseconds.
    /// </summary>
    public bool IsGone
    {
        get
        {
            if (IsTimeToLook)
            {
                // One after the other: what a slower one has seen before somebody came would stand for what a faster one has seen after that.
                lock (_gate)
                {
                    if (IsTimeToLook)
                    {
                        int changes = _holders.Changes;
                        _isGone = !_holders.Exist();
                        Volatile.Write(ref _lookedAt, Environment.TickCount64);
                        Volatile.Write(ref _changes, changes);
                    }
                }
            }

            return _isGone;
        }
    }

    private bool IsTimeToLook => _holders.Changes != Volatile.Read(ref _changes) || Environment.TickCount64 - Volatile.Read(ref _lookedAt) >= (long)WaitDeadline.Slice.TotalMilliseconds;

    Segment? ISharedObject.Segment => _hasEnded ? null : _segment;

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _hasEnded, true))
        {
            _segment.RemoveUser();
        }
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        // Here, since one that was sent has no constructor run.
        _gate = new Lock();
        _segment = segment;
        _holders = PipeHolders.Of(segment);
    }
}
