using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// The shared memory of a connection: a ring each way, the worker's event, who waits for replies, and what the worker is working on, which can be read even when it has died.
/// </summary>
internal sealed unsafe class ConnectionMemory : IDisposable
{
    /// <summary>Bytes of each ring: what two processes exchange stays in the processor's cache.</summary>
    private const int Capacity = 256 * 1024;

    /// <summary>
    /// Bytes of results that need not be sent at once, since the parent finds them here if the worker dies. Without it the inputs of the last milliseconds before a death would be
    /// lost though they were done, or run twice: a stream promises neither.
    /// </summary>
    private const int JournalSize = 64 * 1024;

    private readonly Segment? _segment;
    private readonly MappedFile? _file;
    private readonly ConnectionState* _state;
    private volatile bool _needsFence = true;
    private bool _isDisposed;

    /// <summary>Makes one, in the parent.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public ConnectionMemory(SharedMemory memory)
    {
        _segment = memory.Create(Size);
        _state = (ConnectionState*)_segment.Data;
        _state->Parent.Limit = long.MaxValue;
    }

    /// <summary>The memory of a process's connection with itself, to warm up.</summary>
    /// <param name="memory">Cleared memory, of <see cref="Size"/> bytes.</param>
    public ConnectionMemory(byte* memory)
    {
        _state = (ConnectionState*)memory;
        _state->Parent.Limit = long.MaxValue;
    }

    /// <summary>The parent's, in the worker.</summary>
    public ConnectionMemory(MappedFile file)
    {
        _file = file;
        _state = (ConnectionState*)(file.Start + Segment.DataAt);
    }

    /// <summary>How much memory it takes, in bytes.</summary>
    public static int Size => sizeof(ConnectionState) + JournalSize + (2 * Capacity);

    /// <summary>Where the worker finds it.</summary>
    public string Path => _segment!.Path;

    /// <summary>What both sides know of each other.</summary>
    public ref ConnectionState State => ref *_state;

    /// <summary>What the worker waits for.</summary>
    public SharedEvent WorkerEvent => new(&_state->WorkerEvent, _segment);

    /// <summary>How far the worker is. Any process may ask at any time, also when the worker has died.</summary>
    public WorkerPosition Position => WorkerPosition.Of(Volatile.Read(ref _state->Worker.Position));

    /// <summary>Results that the worker has not sent yet, one after the other.</summary>
    public Span<byte> Journal => new((byte*)(_state + 1), JournalSize);

    /// <summary>Whether the worker has passed everything that was taken back from it, so that more can be.</summary>
    public bool IsUnlimited => Volatile.Read(ref _state->Parent.Limit) == long.MaxValue;

    /// <summary>The worker notes how far it is, where nothing can be taken back from it.</summary>
    public void MoveTo(long place, WorkerStep step) => Volatile.Write(ref _state->Worker.Position, new WorkerPosition(place, step).Word);

    /// <summary>The worker goes on to an input, unless that was taken back.</summary>
    /// <remarks>
    /// First it says where it is, then it looks at the limit; the pool sets the limit first and then looks where the worker is (Dekker). So one of them sees the other at least,
    /// if there is a full fence between the two steps on either side. For the worker's, at every input, the pool sees to that as well, where it can; the compiler leaves
    /// two volatile accesses in their order. If both see each other, whoever changes the limit first has its way.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMoveTo(long place, WorkerStep step)
    {
        MoveTo(place, step);
        if (_needsFence)
        {
            Interlocked.MemoryBarrier();
        }

        return place < Volatile.Read(ref _state->Parent.Limit) || TryPassLimit(place);
    }

    /// <summary>The pool takes back inputs that the worker has not begun with. Only if it is unlimited.</summary>
    /// <param name="round">From the place up to which the worker has begun: up to which one to leave it what it has.</param>
    /// <param name="given">How many inputs the worker was given.</param>
    /// <returns>The place of the first input that was taken back, and with it all others that it was given.</returns>
    public long Revoke(Func<long, long> round, long given)
    {
        Debug.Assert(IsUnlimited, "What was taken back before is still ahead of the worker.");
        long end = round(Position.BegunUpTo);
        Volatile.Write(ref _state->Parent.RevokedUpTo, given);
        Volatile.Write(ref _state->Parent.Limit, end);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _state->Worker.IsFenced) != 0 && !RemoteFence.TryIssue())
        {
            return Relimit(long.MaxValue, end) ? given : ~Volatile.Read(ref _state->Parent.Limit);
        }

        long begun = Position.BegunUpTo;
        if (begun <= end)
        {
            return end;
        }

        // It went on before it could see that: to what it has by now, unless it has stopped since.
        long more = round(begun);
        return Relimit(more, end) ? more : ~Volatile.Read(ref _state->Parent.Limit);
    }

    private bool Relimit(long limit, long seen) => Interlocked.CompareExchange(ref _state->Parent.Limit, limit, seen) == seen;

    private bool TryPassLimit(long place)
    {
        while (true)
        {
            long limit = Volatile.Read(ref _state->Parent.Limit);
            bool isRevoked = place < Volatile.Read(ref _state->Parent.RevokedUpTo);
            if (place < limit)
            {
                return true;
            }

            if (isRevoked && (limit < 0 || Relimit(~place, limit)))
            {
                return false;
            }

            if (!isRevoked)
            {
                Relimit(long.MaxValue, limit);
            }
        }
    }

    /// <summary>The worker takes part in the <see cref="RemoteFence"/> from now on, where that is to be had. The system takes some 10 ms for that; meanwhile the worker fences for itself.</summary>
    public void Register()
    {
        if (RemoteFence.TryRegister())
        {
            // The pool must know before the first step without a fence: it looks after it has set the limit, with a fence between.
            Volatile.Write(ref _state->Worker.IsFenced, 1);
            Interlocked.MemoryBarrier();
            _needsFence = false;
        }
    }

    public SharedRingWriter RequestWriter() => new(&_state->Requests, Buffer(0), Capacity);

    public SharedRingReader RequestReader() => new(&_state->Requests, Buffer(0), Capacity);

    public SharedRingWriter ReplyWriter() => new(&_state->Replies, Buffer(1), Capacity);

    public SharedRingReader ReplyReader() => new(&_state->Replies, Buffer(1), Capacity);

    /// <summary>Gives up the name of the memory. The memory itself stays as long as this object can be reached.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _segment?.RemoveUser();
        }
    }

    private byte* Buffer(int index) => (byte*)(_state + 1) + JournalSize + (index * Capacity);
}
