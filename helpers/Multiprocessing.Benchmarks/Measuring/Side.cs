namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>What measuring one side gave.</summary>
/// <param name="Value">The figure; null if there is none.</param>
/// <param name="Remark">Why there is none.</param>
/// <param name="Failed">Whether there should be one.</param>
internal sealed record Side(double? Value, string? Remark = null, bool Failed = false)
{
    public static Side Failure(string what) => new(null, what, Failed: true);
}
