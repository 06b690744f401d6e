using Multiprocessing.Transport.Segments;

namespace Multiprocessing.Transport.Rings;

/// <summary>The bell of a pool: its workers ring it when there is a reply.</summary>
internal sealed unsafe class PoolBell : ISharedObject, IDisposable
{
    private Segment? _segment;

    /// <exception cref="IOException">There is no room for it.</exception>
    public PoolBell() => _segment = Segment.Create(sizeof(BellState));

    public Bell Bell => new((BellState*)_segment!.Data);

    Segment? ISharedObject.Segment => _segment;

    public void Dispose() => _segment?.RemoveUser();

    void ISharedObject.Attach(Segment segment) => _segment = segment;
}
