using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>What one end of a pipe knows of the other: whether anybody still has that. Thread-safe.</summary>
internal sealed class PipeWatch : ISharedObject, IDisposable
{
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
            int changes = _holders.Changes;
            long now = Environment.TickCount64;
            if (changes != Volatile.Read(ref _changes) || now - Volatile.Read(ref _lookedAt) >= (long)WaitDeadline.Slice.TotalMilliseconds)
            {
                _isGone = !_holders.Exist();
                Volatile.Write(ref _lookedAt, now);
                Volatile.Write(ref _changes, changes);
            }

            return _isGone;
        }
    }

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
        _segment = segment;
        _holders = PipeHolders.Of(segment);
    }
}
