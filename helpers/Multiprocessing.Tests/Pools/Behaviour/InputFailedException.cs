namespace Multiprocessing.Tests.Pools.Behaviour;

/// <summary>What the pool of threads throws when functions throw.</summary>
internal sealed class InputFailedException(int? index, Exception original, IReadOnlyList<int?> others) : Exception(original.Message, original)
{
    public Failure Failure => new(index, InnerException!, others);
}
