using System.Runtime.InteropServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Benchmarks.Rings;

/// <summary>Two rings in one segment, one each way, and the event of each side: what a connection has. It is sent to a worker as the array.</summary>
/// <param name="array">Where it lies: cleared, and <see cref="Size"/> long.</param>
internal sealed unsafe class RingMemory(SharedArray<byte> array)
{
    /// <summary>Bytes of each ring, as many as a connection's have.</summary>
    public const int Capacity = 256 * 1024;

    private readonly Segment _segment = ((ISharedObject)array).Segment!;

    /// <summary>How much memory it takes, in bytes.</summary>
    public static int Size => sizeof(Words) + (2 * Capacity);

    /// <summary>What the side that began waits for.</summary>
    public SharedEvent HereEvent => new(&State->Here, _segment);

    /// <summary>What the other side waits for.</summary>
    public SharedEvent ThereEvent => new(&State->There, _segment);

    private Words* State => (Words*)_segment.Data;

    public SharedRingWriter RequestWriter() => new(&State->Requests, Buffer(0), Capacity);

    public SharedRingReader RequestReader() => new(&State->Requests, Buffer(0), Capacity);

    public SharedRingWriter ReplyWriter() => new(&State->Replies, Buffer(1), Capacity);

    public SharedRingReader ReplyReader() => new(&State->Replies, Buffer(1), Capacity);

    private byte* Buffer(int index) => (byte*)(State + 1) + (index * Capacity);

    [StructLayout(LayoutKind.Sequential)]
    private struct Words
    {
        public SharedRingState Requests;
        public SharedRingState Replies;
        public SharedEventState Here;
        public SharedEventState There;
    }
}
