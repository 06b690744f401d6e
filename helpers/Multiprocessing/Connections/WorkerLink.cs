using System.Diagnostics;
using System.Runtime.CompilerServices;
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
    private const int IsFencedAt = 672;
    private const int LimitAt = 832;
    private const int RevokedUpToAt = 840;
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
    private bool _needsFence = true;
    private bool _isDisposed;

    /// <summary>Makes one, in the parent.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public WorkerLink()
    {
        _segment = Segment.Create(Size);
        _data = _segment.Data;
        Limit = long.MaxValue;
    }

    /// <summary>A link of this process with itself, to rehearse.</summary>
    /// <param name="memory">Cleared memory, of <see cref="Size"/> bytes.</param>
    public WorkerLink(byte* memory)
    {
        _data = memory;
        Limit = long.MaxValue;
    }

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

    /// <summary>How many processes may wait at the same time, those of a pool: how long each of them looks before it sleeps depends on that. Written by the parent.</summary>
    public ref int Workers => ref *(int*)(_data + WorkersAt);

    /// <summary>The worker takes part in the <see cref="RemoteFence"/> from now on, where that is to be had.</summary>
    public void Register()
    {
        _needsFence = !RemoteFence.TryRegister();
        Volatile.Write(ref IsFenced, _needsFence ? 0 : 1);
    }

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
