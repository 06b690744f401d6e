namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>What a pool tells of functions that threw.</summary>
/// <param name="Index">The first failing input's place in the source; null if the function had no input.</param>
/// <param name="Original">What the function threw.</param>
/// <param name="Others">The places of the other failing inputs.</param>
internal sealed record Failure(int? Index, Exception Original, IReadOnlyList<int?> Others);
