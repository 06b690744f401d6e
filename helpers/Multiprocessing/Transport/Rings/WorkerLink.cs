using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Transport.Locks;
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

    /// <summary>
    /// Bytes of results that need not be sent at once, since the parent finds them here if the worker dies. Without it the inputs of the last milliseconds before a death would be
    /// lost though they were done, or run twice: a stream promises neither.
    /// </summary>
    private const int JournalSize = 64 * 1024;
    private const int RepliesAt = 256;
    private const int BellAt = 512;
    private const int PositionAt = 640;
    private const int ReadyAt = 648;
    private const int IsFencedAt = 672;
    private const int LimitAt = 832;
    private const int RevokedUpToAt = 840;
    private const int JournalFirstAt = 656;
    private const int WorkersAt = 664;
    private const int CurrentCallAt = 668;
    private const int JournalAt = 1024;
    private const int BuffersAt = JournalAt + JournalSize;

    private Segment? _segment;
    private byte* _data;
    private bool _needsFence = true;

    /// <exception cref="IOException">There is no room for it.</exception>
    public WorkerLink()
    {
        ((ISharedObject)this).Attach(Segment.Create(Size));
        Limit = long.MaxValue;
    }

    /// <summary>A link of this process with itself, to rehearse.</summary>
    /// <param name="memory">Cleared memory, of <see cref="Size"/> bytes.</param>
    public WorkerLink(byte* memory)
    {
        _data = memory;
        Limit = long.MaxValue;
    }

    /// <summary>How much memory it takes, in bytes.</summary>
    public static int Size => BuffersAt + (2 * Capacity);

    /// <summary>Wakes the worker.</summary>
    public Bell WorkerBell => new((BellState*)(_data + BellAt));

    /// <summary>How far the worker is. Any process may ask at any time, also when the worker has died.</summary>
    public WorkerPosition Position => WorkerPosition.Of(Volatile.Read(ref PositionWord));

    /// <summary>The call of which the worker has taken up something last.</summary>
    public ref int CurrentCall => ref *(int*)(_data + CurrentCallAt);

    /// <summary>The index of the input whose result stands first in the journal.</summary>
    public ref long JournalFirst => ref *(long*)(_data + JournalFirstAt);

    /// <summary>Results that the worker has not sent yet, one after the other.</summary>
    public Span<byte> Journal => new(_data + JournalAt, JournalSize);

    /// <summary>Whether the worker has passed everything that was taken back from it, so that more can be.</summary>
    public bool IsUnlimited => Volatile.Read(ref Limit) == long.MaxValue;

    /// <summary>A <see cref="WorkerPosition.Word"/>, written by the worker.</summary>
    private ref long PositionWord => ref *(long*)(_data + PositionAt);

    /// <summary>
    /// The place of the first input that the worker must not begin with; when it has seen that, the complement of the place where it did. The pool sets it; the worker
    /// removes it at the first input that it was given later.
    /// </summary>
    private ref long Limit => ref *(long*)(_data + LimitAt);

    /// <summary>The place of the first input behind the limit that is none of those that were taken back.</summary>
    private ref long RevokedUpTo => ref *(long*)(_data + RevokedUpToAt);

    /// <summary>Whether the worker takes part in the <see cref="RemoteFence"/>.</summary>
    private ref int IsFenced => ref *(int*)(_data + IsFencedAt);

    /// <summary>The worker notes how far it is, where nothing can be taken back from it.</summary>
    public void MoveTo(long place, WorkerStep step) => Volatile.Write(ref PositionWord, new WorkerPosition(place, step).Word);

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

        return place < Volatile.Read(ref Limit) || TryPassLimit(place);
    }

    /// <summary>The pool takes back inputs that the worker has not begun with. Only if it is unlimited.</summary>
    /// <param name="round">From the place up to which the worker has begun: up to which one to leave it what it has.</param>
    /// <param name="given">How many inputs the worker was given.</param>
    /// <returns>The place of the first input that was taken back, and with it all others that it was given.</returns>
    public long Revoke(Func<long, long> round, long given)
    {
        Debug.Assert(IsUnlimited, "What was taken back before is still ahead of the worker.");
        long end = round(Position.BegunUpTo);
        Volatile.Write(ref RevokedUpTo, given);
        Volatile.Write(ref Limit, end);
        if (Volatile.Read(ref IsFenced) == 0)
        {
            Interlocked.MemoryBarrier();
        }
        else if (!RemoteFence.TryIssue())
        {
            return Relimit(long.MaxValue, end) ? given : ~Volatile.Read(ref Limit);
        }

        long begun = Position.BegunUpTo;
        if (begun <= end)
        {
            return end;
        }

        // It went on before it could see that: to what it has by now, unless it has stopped since.
        long more = round(begun);
        return Relimit(more, end) ? more : ~Volatile.Read(ref Limit);
    }

    private bool Relimit(long limit, long seen) => Interlocked.CompareExchange(ref Limit, limit, seen) == seen;

    private bool TryPassLimit(long place)
    {
        while (true)
        {
            long limit = Volatile.Read(ref Limit);
            bool isRevoked = place < Volatile.Read(ref RevokedUpTo);
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
    public void BeReady(int printed)
    {
        _needsFence = !RemoteFence.TryRegister();
        Volatile.Write(ref IsFenced, _needsFence ? 0 : 1);
        Volatile.Write(ref Ready, printed + 1);
    }

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
