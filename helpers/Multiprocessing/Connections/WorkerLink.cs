using Multiprocessing.Memory;

namespace Multiprocessing.Connections;

/// <summary>
/// The shared memory between a parent and one of its workers: a ring of requests, a ring of replies, the worker's event, who waits for replies, and what the worker is working on, which
/// can be read even when it has died.
/// </summary>
internal sealed unsafe class WorkerLink : IDisposable
{
    /// <summary>Bytes of each ring: what two processes exchange stays in the processor's cache.</summary>
    private const int Capacity = 256 * 1024;

    /// <summary>Bytes of results that need not be sent at once, since the parent finds them here if the worker dies.</summary>
    private const int JournalSize = 64 * 1024;
    private const int RepliesAt = 256;
    private const int EventAt = 512;
    private const int PositionAt = 640;
    private const int ClaimedAt = 704;
    private const int LimitAt = 832;
    private const int AttendantAt = 896;
    private const int RungAt = 904;
    private const int AwaitsRoomAt = 908;
    private const int JournalFirstAt = 656;
    private const int WorkersAt = 664;
    private const int CurrentCallAt = 668;
    private const int JournalAt = 1024;
    private const int BuffersAt = JournalAt + JournalSize;

    private readonly Segment? _segment;
    private readonly MappedFile? _file;
    private readonly byte* _data;
    private bool _isDisposed;

    /// <summary>Makes one, in the parent.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public WorkerLink()
    {
        _segment = Segment.Create(Size);
        _data = _segment.Data;
    }

    /// <summary>A link of this process with itself, to rehearse.</summary>
    /// <param name="memory">Cleared memory, of <see cref="Size"/> bytes.</param>
    public WorkerLink(byte* memory) => _data = memory;

    /// <summary>The parent's, in the worker.</summary>
    public WorkerLink(MappedFile file)
    {
        _file = file;
        _data = file.Start + Segment.DataAt;
    }

    /// <summary>Where the worker finds it.</summary>
    public string Path => _segment!.Path;

    /// <summary>How much memory it takes, in bytes.</summary>
    public static int Size => BuffersAt + (2 * Capacity);

    /// <summary>The number of the event of the call that attends to the worker; zero if none does. Written by the parent.</summary>
    public ref int Attendant => ref *(int*)(_data + AttendantAt);

    /// <summary>Not zero from when the worker has rung by the line until the parent has heard it: it need not ring again.</summary>
    public ref int IsRung => ref *(int*)(_data + RungAt);

    /// <summary>Not zero as long as the parent has more to send than there is room for. Written by the parent.</summary>
    public ref int AwaitsRoom => ref *(int*)(_data + AwaitsRoomAt);

    /// <summary>What the worker waits for.</summary>
    public SharedEvent WorkerEvent => new((SharedEventState*)(_data + EventAt), _segment);

    /// <summary>How far the worker is, a <see cref="WorkerPosition.Word"/>. Any process may read it at any time, also when the worker has died.</summary>
    public ref long Position => ref *(long*)(_data + PositionAt);

    /// <summary>The call of which the worker has taken up something last.</summary>
    public ref int CurrentCall => ref *(int*)(_data + CurrentCallAt);

    /// <summary>The index of the input whose result stands first in the journal.</summary>
    public ref long JournalFirst => ref *(long*)(_data + JournalFirstAt);

    /// <summary>Results that the worker has not sent yet, one after the other.</summary>
    public Span<byte> Journal => new(_data + JournalAt, JournalSize);

    /// <summary>Inputs that the worker has begun with, or is about to, counted from its first: written by the worker.</summary>
    private ref long Claimed => ref *(long*)(_data + ClaimedAt);

    /// <summary>One more than the number of inputs that the worker may begin with; zero for no limit. Written by the pool.</summary>
    private ref long Limit => ref *(long*)(_data + LimitAt);

    /// <summary>The worker asks whether it may begin with inputs up to this one.</summary>
    /// <param name="end">The number of inputs, counted from its first, that it will then have begun with.</param>
    /// <returns>How many it may.</returns>
    public long Claim(long end)
    {
        // First the claim, then the look; the pool does it the other way round. So one of them sees the other at least.
        Volatile.Write(ref Claimed, end);
        Interlocked.MemoryBarrier();
        long limit = Volatile.Read(ref Limit);
        if (limit == 0 || end < limit)
        {
            return end;
        }

        Volatile.Write(ref Claimed, limit - 1);
        return limit - 1;
    }

    /// <summary>The pool takes back inputs that the worker has not begun with.</summary>
    /// <param name="round">Gives the number of inputs to leave with it, at least as many as the given one.</param>
    /// <returns>How many inputs are left with the worker for certain; null if it was just then about to claim more, so that only its replies will tell.</returns>
    public long? Revoke(Func<long, long> round)
    {
        long claimed = Volatile.Read(ref Claimed);
        long end = round(claimed);
        Volatile.Write(ref Limit, end + 1);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref Claimed) <= end ? end : null;
    }

    /// <summary>The pool lets the worker begin with whatever it is given again.</summary>
    public void Unlimit() => Volatile.Write(ref Limit, 0);

    /// <summary>How many processes may wait at the same time, those of a pool: how long each of them looks before it sleeps depends on that. Written by the parent.</summary>
    public ref int Workers => ref *(int*)(_data + WorkersAt);

    public SharedRingWriter RequestWriter() => new((SharedRingState*)_data, Buffer(0), Capacity);

    public SharedRingReader RequestReader() => new((SharedRingState*)_data, Buffer(0), Capacity);

    public SharedRingWriter ReplyWriter() => new((SharedRingState*)(_data + RepliesAt), Buffer(1), Capacity);

    public SharedRingReader ReplyReader() => new((SharedRingState*)(_data + RepliesAt), Buffer(1), Capacity);

    /// <summary>Gives up the name of the memory. The memory itself stays as long as this object can be reached.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _segment?.RemoveUser();
        }
    }

    private byte* Buffer(int index) => _data + BuffersAt + (index * Capacity);
}
