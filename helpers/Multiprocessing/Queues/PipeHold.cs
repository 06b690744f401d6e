using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>That an object has an end of a pipe, until it is disposed of. Sent to another process, it has it there, too. Thread-safe.</summary>
internal sealed class PipeHold : ISharedObject, IDisposable
{
    private Segment _segment = null!;
    private PipeHolders _holders = null!;
    private bool _hasEnded;

    public PipeHold(Segment segment, SerializationContext context) => ((ISharedObject)this).Attach(segment, context);

    ~PipeHold()
    {
        if (!_hasEnded)
        {
            _holders?.ForgetObject();
        }
    }

    Segment? ISharedObject.Segment => _hasEnded ? null : _segment;

    ITracksUsers? ISharedObject.Tracker => _holders;

    /// <summary>Notes that this process uses it.</summary>
    public void NoteUse() => _holders.NoteUse();

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _hasEnded, true))
        {
            _holders.RemoveObject();
            _segment.RemoveUser();
            GC.SuppressFinalize(this);
        }
    }

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _segment = segment;
        _holders = PipeHolders.Of(segment);
        _holders.AddObject();
    }
}
