using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multiprocessing.Queues;

/// <summary>
/// How far one side of a queue has come, in shared memory. Only who has the side's lock moves it; whoever wants reads it. All zero: a new queue.
/// </summary>
/// <remarks>
/// <para>A process may be killed between any two instructions, its lock still held. So a move takes effect by a single write, that of <c>_moves</c>, which counts them and tells which of the two places
/// is the one that counts; what is written before goes to the other. Whatever a dead one did, there is nothing to repair.</para>
/// <para>Memory model. Every write of a move is a release, so that they are seen in their order: the items, the place, <c>_moves</c>, and only then the place of the next move. Every read of a reader is
/// an acquire, so that they are done in their order: <c>_moves</c>, the place, <c>_moves</c> again. If that is the same, the place was whole: it is written again only by the move after the next, whose
/// writes come after the next one's <c>_moves</c>. The number never comes again, as positions do when chunks go round.</para>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct QueueCursor
{
    private long _moves;
    private Place _even;
    private Place _odd;

    /// <summary>How far: for who has the lock.</summary>
    public readonly QueueProgress Own
    {
        get
        {
            Place place = (_moves & 1) == 0 ? _even : _odd;
            return new QueueProgress(new QueuePosition(place.Position), place.Count);
        }
    }

    /// <summary>How far: for everybody. Reads again only if the cursor has moved meanwhile, so that somebody gets on.</summary>
    public QueueProgress Read()
    {
        while (true)
        {
            long moves = Volatile.Read(ref _moves);
            ref Place place = ref _even;
            if ((moves & 1) != 0)
            {
                place = ref _odd;
            }

            QueueProgress progress = new(new QueuePosition(Volatile.Read(ref place.Position)), Volatile.Read(ref place.Count));
            if (Volatile.Read(ref _moves) == moves)
            {
                return progress;
            }
        }
    }

    /// <summary>Moves the cursor: for who has the lock.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="items">How many items pass.</param>
    public void Move(QueuePosition to, int items)
    {
        QueueProgress from = Own;
        Debug.Assert(items >= 0, "Items do not come back.");
        Debug.Assert(to.Chunk != from.Position.Chunk || to.Offset > from.Position.Offset, "A position does not go back.");
        ref Place place = ref _odd;
        if ((_moves & 1) != 0)
        {
            place = ref _even;
        }

        Volatile.Write(ref place.Position, to.Value);
        Volatile.Write(ref place.Count, from.Count + items);
        Volatile.Write(ref _moves, _moves + 1);
    }

    private struct Place
    {
        public long Position;
        public long Count;
    }
}

/// <summary>A place in a queue, as one word: the chunk's number, and in it the offset, in units of 8 bytes. Chunk zero is none: nothing has been enqueued yet.</summary>
internal readonly record struct QueuePosition(long Value)
{
    public QueuePosition(int chunk, long offset)
        : this(((long)chunk << 32) | (offset >> 3))
    {
    }

    public int Chunk => (int)(Value >> 32);

    /// <summary>In bytes.</summary>
    public long Offset => (long)(uint)Value << 3;
}

/// <summary>How far one side of a queue has come.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Count">How many items have passed since the beginning: never falls, and never comes again.</param>
internal readonly record struct QueueProgress(QueuePosition Position, long Count);
