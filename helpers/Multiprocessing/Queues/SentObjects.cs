using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>
/// The shared objects in the items that this process has enqueued: nobody knows when they arrive, and until then somebody must refer to them. Kept as long as the queue, unless
/// they are disposed of. Thread-safe.
/// </summary>
internal sealed class SentObjects
{
    private readonly HashSet<ISharedObject> _kept = new(ReferenceEqualityComparer.Instance);
    private int _nextCleaning = 64;

    public void Keep(IReadOnlyList<ISharedObject> shared)
    {
        if (shared.Count == 0)
        {
            return;
        }

        lock (_kept)
        {
            _kept.UnionWith(shared);
            if (_kept.Count >= _nextCleaning)
            {
                _kept.RemoveWhere(static kept => kept.Segment is null);
                _nextCleaning = Math.Max(64, _kept.Count * 2);
            }
        }
    }
}
