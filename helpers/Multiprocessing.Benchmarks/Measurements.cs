using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Sharing;
using Multiprocessing.Benchmarks.Starting;

namespace Multiprocessing.Benchmarks;

/// <summary>Everything that is measured, in the order of the table.</summary>
internal static class Measurements
{
    public static IEnumerable<Measurement> All =>
    [
        .. ProcessStart.Measurements,
        .. SharedMemory.Measurements,
        .. WorkerMemory.Measurements,
    ];
}
