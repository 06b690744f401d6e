using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Pools;

/// <summary>What this process holds at a moment, with no worker in stock: to be compared with what it held before.</summary>
/// <param name="Processes">Its children, and theirs.</param>
/// <param name="Files">Its open file descriptors.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Segments">Its segments of shared memory.</param>
/// <param name="Memory">Its managed memory, bytes.</param>
internal sealed record Footprint(int Processes, int Files, int Threads, int Segments, long Memory)
{
    /// <summary>Takes the footprint once all is quiet; what ends in the background has a moment to do so.</summary>
    public static async Task<Footprint> TakeAsync(Footprint? before = null)
    {
        Footprint now;
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            await Task.Delay(100);
            WorkerStock.Default.Clear();
            now = Take();
        }
        while (watch.Elapsed < TimeSpan.FromSeconds(3) && (before is null ? watch.Elapsed < TimeSpan.FromSeconds(0.3) : !now.IsWithin(before)));

        return now;
    }

    /// <summary>Fails if more is held than before; some threads of the thread pool and what is kept for the next call may have come.</summary>
    public void AssertWithin(Footprint before) => Assert.True(IsWithin(before), string.Create(CultureInfo.InvariantCulture, $"Before: {before}; now: {this}."));

    private bool IsWithin(Footprint before) =>
        Processes <= before.Processes && Files <= before.Files + 12 && Threads <= before.Threads + 16 && Segments <= before.Segments && Memory <= before.Memory + 16_000_000;

    private static Footprint Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return new Footprint(
            Workers.Processes.Descendants(Environment.ProcessId).Count,
            Directory.GetFiles("/proc/self/fd").Length,
            self.Threads.Count,
            SegmentFiles.OfThisProgram().Length,
            GC.GetTotalMemory(forceFullCollection: true));
    }
}
