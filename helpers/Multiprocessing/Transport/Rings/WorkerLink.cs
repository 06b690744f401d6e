using Multiprocessing.Transport.Segments;

namespace Multiprocessing.Transport.Rings;

/// <summary>
/// The shared memory between a pool and one of its workers: a ring of requests, a ring of replies, the worker's bell, and what the worker is working on, which
/// can be read even when it has died.
/// </summary>
internal sealed unsafe class WorkerLink : ISharedObject, IDisposable
{
    /// <summary>Bytes of each ring: what two processes exchange stays in the processor's cache.</summary>
    private const int Capacity = 256 * 1024;

    /// <summary>Bytes of results that need not be sent at once, since the parent finds them here if the worker dies.</summary>
    private const int JournalSize = 64 * 1024;
    private const int RepliesAt = 256;
    private const int BellAt = 512;
    private const int PositionAt = 640;
    private const int ReadyAt = 648;
    private const int ClaimedAt = 704;
    private const int LimitAt = 832;
    private const int JournalFirstAt = 656;
    private const int WorkersAt = 664;
    private const int CurrentCallAt = 668;
    private const int JournalAt = 1024;
    private const int BuffersAt = JournalAt + JournalSize;

    private Segment? _segment;
    private byte* _data;

    /// <exception cref="IOException">There is no room for it.</exception>
    public WorkerLink() => ((ISharedObject)this).Attach(Segment.Create(Size));

    /// <summary>A link of this process with itself, to rehearse.</summary>
    /// <param name="memory">Cleared memory, of <see cref="Size"/> bytes.</param>
    public WorkerLink(byte* memory) => _data = memory;

    /// <summary>How much memory it takes, in bytes.</summary>
    public static int Size => BuffersAt + (2 * Capacity);

    /// <summary>Wakes the worker.</summary>
    public Bell WorkerBell => new((BellState*)(_data + BellAt));

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

    /// <summary>How many workers the pool has.</summary>
    public int Workers
    {
        get => *(int*)(_data + WorkersAt);
        init => *(int*)(_data + WorkersAt) = value;
    }

    /// <summary>Whether the worker has begun to serve.</summary>
    public bool IsReady => Volatile.Read(ref Ready) != 0;

    /// <summary>How many pieces of text it had printed by then.</summary>
    public int PrintedBefore => Math.Max(Volatile.Read(ref Ready) - 1, 0);

    /// <summary>One more than the number of pieces of text that the worker had printed when it began to serve; zero before that.</summary>
    private ref int Ready => ref *(int*)(_data + ReadyAt);

    Segment? ISharedObject.Segment => _segment;

    /// <summary>The worker begins to serve.</summary>
    /// <param name="printed">How many pieces of text it has printed.</param>
    public void BeReady(int printed) => Volatile.Write(ref Ready, printed + 1);

    public RingWriter RequestWriter() => new((RingState*)_data, Buffer(0), Capacity);

    public RingReader RequestReader() => new((RingState*)_data, Buffer(0), Capacity);

    public RingWriter ReplyWriter() => new((RingState*)(_data + RepliesAt), Buffer(1), Capacity);

    public RingReader ReplyReader() => new((RingState*)(_data + RepliesAt), Buffer(1), Capacity);

    public void Dispose() => _segment?.RemoveUser();

    void ISharedObject.Attach(Segment segment)
    {
        _segment = segment;
        _data = segment.Data;
    }

    private byte* Buffer(int index) => _data + BuffersAt + (index * Capacity);
}
