using Multiprocessing.Connections;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>What a pool is like.</summary>
internal sealed record PoolSettings
{
    /// <summary>How many workers.</summary>
    public required int Size { get; init; }

    /// <summary>The name of the pool; those of its workers begin with it.</summary>
    public required string Name { get; init; }

    /// <summary>What each worker runs first.</summary>
    public Action? Initializer { get; init; }

    /// <summary>How many processors each worker sees; null for all that there are.</summary>
    public int? ProcessorsPerWorker { get; init; }

    /// <summary>After how many inputs a worker is replaced; null for never.</summary>
    public int? MostTasks { get; init; }

    /// <summary>With how much memory, in bytes, a worker is replaced; null for never.</summary>
    public long? MostMemory { get; init; }

    /// <summary>After how long without a call the workers end; null for never.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>How long functions have to end by themselves when they are told that their call is cancelled.</summary>
    public TimeSpan Grace { get; init; } = Cancellation.UsualGrace;

    /// <summary>What functions see otherwise than this process.</summary>
    public Surroundings Surroundings { get; init; } = new(null, null);

    /// <summary>When and where workers run; null for as this process does.</summary>
    public ProcessScheduling? Scheduling { get; init; }
}
