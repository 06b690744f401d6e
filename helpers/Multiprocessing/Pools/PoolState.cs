namespace Multiprocessing.Pools;

/// <summary>How far a pool is. It only goes on.</summary>
internal enum PoolState
{
    /// <summary>It takes calls.</summary>
    Open,

    /// <summary>It finishes what it was given, and takes nothing more.</summary>
    Completing,

    /// <summary>It has finished that, and has no workers any more.</summary>
    Ended,

    /// <summary>It has been disposed of.</summary>
    Disposed,
}
