using Multiprocessing.Memory;

namespace Multiprocessing.Transport.Rings;

/// <summary>The bells of a pool, which its workers ring.</summary>
internal sealed unsafe class PoolBell : ISharedObject, IDisposable
{
    private Segment? _segment;

    /// <exception cref="IOException">There is no room for it.</exception>
    public PoolBell() => _segment = Segment.Create(2 * sizeof(BellState));

    /// <summary>Rung when there is a reply, and when a worker has ended.</summary>
    public Bell Bell => new((BellState*)_segment!.Data);

    /// <summary>
    /// Rung when a worker is ready, and when one has ended. A bell of its own: a call has no use for workers that say so, one after the other, while it waits for replies.
    /// </summary>
    public Bell ReadyBell => new((BellState*)_segment!.Data + 1);

    /// <summary>Rings all of them.</summary>
    public void RingAll()
    {
        Bell.Ring();
        ReadyBell.Ring();
    }

    Segment? ISharedObject.Segment => _segment;

    public void Dispose() => _segment?.RemoveUser();

    void ISharedObject.Attach(Segment segment) => _segment = segment;
}
