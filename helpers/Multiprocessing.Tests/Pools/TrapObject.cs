using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>A shared object that does something when it arrives in another process, in the middle of what it arrives in: what stands behind it has not been read then.</summary>
internal sealed class TrapObject : ISharedObject
{
    private Segment? _segment = WorkerHost.Default.Memory.Create(64);

    /// <summary>What happens in this process; null for an exception.</summary>
    public static Action? OnArrival { get; set; }

    Segment? ISharedObject.Segment => _segment;

    void ISharedObject.Attach(Segment segment, SerializationContext context)
    {
        _segment = segment;
        (OnArrival ?? throw new InvalidOperationException("It is a trap."))();
    }
}
