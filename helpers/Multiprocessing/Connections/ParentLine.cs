using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// How a worker wakes its parent when there is something in the ring: by the event of the call that attends to the worker, or, if none does, by a byte on the line, which
/// the parent's own thread for this worker waits for. Thread-safe.
/// </summary>
internal sealed unsafe class ParentLine
{
    private readonly ConnectionMemory _memory;
    private readonly SharedEventState* _events;
    private readonly MappedFile? _file;
    private readonly Stream _line;

    /// <param name="memory">The memory of the connection.</param>
    /// <param name="events">The parent's events.</param>
    /// <param name="line">The stream to the parent; its end is also how each side knows of the other's.</param>
    public ParentLine(ConnectionMemory memory, MappedFile events, Stream line)
        : this(memory, (SharedEventState*)(events.Start + Segment.DataAt), line) => _file = events;

    /// <param name="memory">The memory of the connection.</param>
    /// <param name="events">The parent's events.</param>
    /// <param name="line">The stream to the parent.</param>
    public ParentLine(ConnectionMemory memory, SharedEventState* events, Stream line)
    {
        _memory = memory;
        _events = events;
        _line = line;
    }

    /// <summary>Has the parent look.</summary>
    /// <remarks>
    /// What was published must be seen before the look at who attends, and the parent does it the other way round (<see cref="WorkerConnection.Leave"/>): it says that nobody attends
    /// any more, then looks once more at what was published. So one of the two sees the other.
    /// </remarks>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        int attendant = Volatile.Read(ref _memory.State.Parent.Attendant);
        if (attendant != 0)
        {
            new SharedEvent(_events + attendant, owner: null).Set();
            GC.KeepAlive(_file);
        }
        else if (Interlocked.Exchange(ref _memory.State.Common.IsRung, 1) == 0)
        {
            try
            {
                _line.WriteByte(1);
            }
            catch (IOException)
            {
                // The parent has ended; so does this process.
            }
        }
    }
}
