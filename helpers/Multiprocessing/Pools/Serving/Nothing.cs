namespace Multiprocessing.Pools.Serving;

/// <summary>What a function returns that returns nothing.</summary>
internal enum Nothing : byte
{
    /// <summary>Nothing.</summary>
    AtAll,
}
