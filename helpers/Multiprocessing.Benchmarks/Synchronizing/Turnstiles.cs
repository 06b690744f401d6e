using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Benchmarks.Sharing;

namespace Multiprocessing.Benchmarks.Synchronizing;

/// <summary>How often a second processes pass a semaphore that lets one in at a time, and how often they meet at a barrier.</summary>
internal static class Turnstiles
{
    private const string Script = "synchronization.py";

    public static IEnumerable<Measurement> Measurements =>
    [
        new("semaphore of 1, wait and release, uncontended", "M/s", Better.Higher, static effort => PassSemaphoreAsync(effort, processes: 1)) { Theirs = new PythonFigure(Script, "semaphore_1") },
        new("semaphore of 1, wait and release, contended by 2", "M/s", Better.Higher, static effort => PassSemaphoreAsync(effort, processes: 2)) { Theirs = new PythonFigure(Script, "semaphore_2") },
        new("barrier, rounds of 2 processes", "k/s", Better.Higher, static effort => PassBarrierAsync(effort, processes: 2)) { Theirs = new PythonFigure(Script, "barrier_2") },
        new("barrier, rounds of 4 processes", "k/s", Better.Higher, static effort => PassBarrierAsync(effort, processes: 4)) { Theirs = new PythonFigure(Script, "barrier_4") },
    ];

    private static Task<double> PassSemaphoreAsync(Effort effort, int processes) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int times = 1_000_000;
        using ProcessSemaphore semaphore = new(1);
        double figure = await Together.MeasureAsync(processes, times, () =>
        {
            for (int i = 0; i < times; i++)
            {
                semaphore.Wait();
                semaphore.Release();
            }
        });
        Check.Equal(1, semaphore.CurrentCount);
        return figure;
    });

    private static Task<double> PassBarrierAsync(Effort effort, int processes) => Sample.MedianAsync(effort, 1, async () =>
    {
        const int rounds = 10_000;
        using ProcessBarrier barrier = new(processes);
        double all = await Together.MeasureAsync(processes, rounds, () =>
        {
            for (int round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
            }
        });
        Check.Equal((long)Together.Repetitions * rounds, barrier.CurrentPhaseNumber);

        // Of each round, every process counts once in it, and in millions.
        return all * 1000 / processes;
    });
}
