using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>Who has an end of a pipe: one for all objects of this process. Thread-safe and process-safe.</summary>
/// <remarks>
/// A worker has it from the moment its call is sent until that has ended, or it has disposed of all its objects of it; who made the pipe, or received the end in another way, until its end or the same. The process that made both ends and gave this one away does not count
/// as having it, unless it has used it itself: its object is what it sent, and nobody need think of disposing of it.
/// </remarks>
internal sealed unsafe class PipeHolders : ITracksUsers
{
    private readonly Segment _segment;
    private readonly PipeState* _state;
    private readonly QueueUserTable _users;
    private readonly Lock _gate = new();
    private int _objects;
    private bool _hasEntered;
    private bool _isTracked;
    private bool _isUsed;

    private PipeHolders(Segment segment)
    {
        _segment = segment;
        _state = (PipeState*)segment.Data;
        _users = new QueueUserTable(segment, &_state->Users);
    }

    /// <summary>How often it has changed.</summary>
    public int Changes
    {
        get
        {
            int changes = Volatile.Read(ref _state->Changes);
            GC.KeepAlive(this);
            return changes;
        }
    }

    /// <summary>Makes one, of which the caller is the user.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static Segment Create(SharedMemory memory)
    {
        Segment segment = memory.Create(sizeof(PipeState));
        ((PipeState*)segment.Data)->Maker = ProcessToken.Own;
        return segment;
    }

    public static PipeHolders Of(Segment segment) => segment.Attachment(static segment => new PipeHolders(segment));

    /// <summary>Notes that one more object of this process has it.</summary>
    public void AddObject()
    {
        // The count and what it says to others go together: of one that comes and one that goes at the same time, either may be the faster.
        lock (_gate)
        {
            if (_objects++ == 0)
            {
                // Still, if the object that it was noted for has been forgotten.
                _hasEntered |= _users.EnterThis();
                if (!_isTracked)
                {
                    _isTracked = true;
                    _segment.Memory.Track(this);
                }

                NoteUser(ProcessToken.Own);
            }
        }
    }

    /// <summary>Notes that one object of this process less has it.</summary>
    public void RemoveObject()
    {
        lock (_gate)
        {
            if (--_objects == 0)
            {
                _users.LeaveThis(_hasEntered);
                _hasEntered = false;
                Interlocked.Increment(ref _state->Changes);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Notes that one object of this process less has it, which nobody has disposed of: that of a call that has ended, which keeps a later one from letting go of it no more. Says nothing to others, since the next call may be on its way here.</summary>
    public void ForgetObject()
    {
        lock (_gate)
        {
            _objects--;
        }
    }

    /// <summary>Notes that this process uses it.</summary>
    public void NoteUse()
    {
        if (!_isUsed)
        {
            _isUsed = true;
            if (_state->Maker == ProcessToken.Own)
            {
                Volatile.Write(ref _state->IsUsedByMaker, 1);
                Interlocked.Increment(ref _state->Changes);
            }

            GC.KeepAlive(this);
        }
    }

    /// <summary>Looks whether anybody has it, as far as anybody knows.</summary>
    public bool Exist()
    {
        bool doesMakerCount = Volatile.Read(ref _state->IsUsedByMaker) != 0 || Volatile.Read(ref _state->IsPassedOn) == 0;
        bool exist = _users.AnyLives(doesMakerCount ? 0 : _state->Maker);
        GC.KeepAlive(this);
        return exist;
    }

    public void EnterUser(long process)
    {
        _users.Enter(process);
        NoteUser(process);
    }

    public void LeaveUser(long process, bool failed, bool all)
    {
        _users.Leave(process, failed: false, all);
        Interlocked.Increment(ref _state->Changes);
        GC.KeepAlive(this);
    }

    public void NoteDeath(int process)
    {
        Volatile.Write(ref _state->IsPassedOn, 1);
        Interlocked.Increment(ref _state->Changes);
        GC.KeepAlive(this);
    }

    private void NoteUser(long process)
    {
        if (process != _state->Maker)
        {
            Volatile.Write(ref _state->IsPassedOn, 1);
        }

        Interlocked.Increment(ref _state->Changes);
        GC.KeepAlive(this);
    }
}
