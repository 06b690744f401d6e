using Multiprocessing.Benchmarks.Calls;
using Multiprocessing.Benchmarks.Kernels;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Pools;
using Multiprocessing.Benchmarks.Queues;
using Multiprocessing.Benchmarks.Rings;
using Multiprocessing.Benchmarks.Sharing;
using Multiprocessing.Benchmarks.Starting;
using Multiprocessing.Benchmarks.Synchronizing;
using Multiprocessing.Benchmarks.Timings;

namespace Multiprocessing.Benchmarks;

/// <summary>Everything that is measured, in the order of the table.</summary>
internal static class Measurements
{
    public static IEnumerable<Measurement> All =>
    [
        .. ProcessStart.Measurements,
        .. PackageStart.Measurements,
        .. SleepingMap.Measurements,
        .. TrivialTasks.Measurements,
        .. OneCall.Measurements,
        .. QueueTransfer.Measurements,
        .. LocalQueue.Measurements,
        .. BigArguments.Measurements,
        .. SharedMemory.Measurements,
        .. Turnstiles.Measurements,
        .. SignalTrips.Measurements,
        .. SharedDictionaries.Measurements,
        .. NamedMemory.Measurements,
        .. RingTransfer.Measurements,
        .. EventWakeUp.Measurements,
        .. WorkerMemory.Measurements,
        .. KilledWorker.Measurements,
        .. CancelledMap.Measurements,
        .. Charts.Measurements,
        .. KernelStart.Measurements,
        .. CellSeries.Measurements,
        .. CellMemory.Measurements,
        .. PrintedLines.Measurements,
        .. MemberCompletions.Measurements,
        .. ChapterNotebook.Measurements,
        .. StopCheckCost.Measurements,
    ];

    /// <summary>Those with a text in their names.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static Measurement[] Named(string text)
    {
        Measurement[] named = [.. All.Where(measurement => measurement.Name.Contains(text, StringComparison.OrdinalIgnoreCase))];
        return named.Length > 0 ? named : throw new InvalidOperationException($"nothing that is measured has '{text}' in its name: --list prints the names");
    }
}
