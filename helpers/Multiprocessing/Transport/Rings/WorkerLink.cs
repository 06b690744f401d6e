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
    private const int RepliesAt = 256;
    private const int BellAt = 512;
    private const int CurrentAt = 640;
    private const int ReadyAt = 648;
    private const int BuffersAt = 1024;

    private Segment _segment = null!;

    /// <exception cref="IOException">There is no room for it.</exception>
    public WorkerLink() => ((ISharedObject)this).Attach(Segment.Create(BuffersAt + (2L * Capacity)));

    /// <summary>Wakes the worker.</summary>
    public Bell WorkerBell => new((BellState*)(_segment.Data + BellAt));

    /// <summary>One more than the index of the input that the worker is at; zero between batches. Any process may read it at any time.</summary>
    public ref long Current => ref *(long*)(_segment.Data + CurrentAt);

    /// <summary>Whether the worker has begun to serve.</summary>
    public bool IsReady
    {
        get => Volatile.Read(ref *(int*)(_segment.Data + ReadyAt)) != 0;
        set => Volatile.Write(ref *(int*)(_segment.Data + ReadyAt), value ? 1 : 0);
    }

    Segment? ISharedObject.Segment => _segment;

    public RingWriter RequestWriter() => new((RingState*)_segment.Data, Buffer(0), Capacity);

    public RingReader RequestReader() => new((RingState*)_segment.Data, Buffer(0), Capacity);

    public RingWriter ReplyWriter() => new((RingState*)(_segment.Data + RepliesAt), Buffer(1), Capacity);

    public RingReader ReplyReader() => new((RingState*)(_segment.Data + RepliesAt), Buffer(1), Capacity);

    public void Dispose() => _segment.RemoveUser();

    void ISharedObject.Attach(Segment segment) => _segment = segment;

    private byte* Buffer(int index) => _segment.Data + BuffersAt + (index * Capacity);
}
