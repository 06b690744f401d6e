using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Memory;

namespace Multiprocessing.Benchmarks.Rings;

/// <summary>How long it takes from the set of an event to when a process runs that slept in it. Each wakes the other in turn, and sleeps at once, so that the one that is woken is always asleep.</summary>
internal static class EventWakeUp
{
    private const int Trips = 5000;
    private const int WarmUpTrips = 1000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("event between two processes, set to woken, both asleep, median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, () => WakeAsync(effort.Share(Trips)))),
    ];

    private static async Task<double> WakeAsync(int trips)
    {
        using SharedArray<byte> array = new(RingMemory.Size);
        using SharedArray<int> turns = new(1);
        Task other = WorkerProcess.RunAsync(() =>
        {
            RingMemory memory = new(array);
            for (int turn = 0; turn < WarmUpTrips + trips; turn++)
            {
                SleepUntil(turns, (2 * turn) + 1, memory.ThereEvent);
                Pass(turns, memory.HereEvent);
            }
        });
        RingMemory memory = new(array);
        double[] times = new double[trips];
        for (int trip = -WarmUpTrips; trip < trips; trip++)
        {
            long begin = Stopwatch.GetTimestamp();
            Pass(turns, memory.ThereEvent);
            SleepUntil(turns, 2 * (trip + WarmUpTrips + 1), memory.HereEvent, other);
            if (trip >= 0)
            {
                // Two wake-ups.
                times[trip] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / 2;
            }
        }

        await other;
        return Sample.Median(times);
    }

    private static void Pass(SharedArray<int> turns, SharedEvent to)
    {
        Volatile.Write(ref turns.Span[0], turns[0] + 1);
        to.Set();
    }

    private static void SleepUntil(SharedArray<int> turns, int turn, SharedEvent changed, Task? other = null)
    {
        while (Volatile.Read(ref turns.Span[0]) != turn)
        {
            int ticket = changed.PrepareWait();
            if (Volatile.Read(ref turns.Span[0]) != turn)
            {
                changed.Wait(ticket, WaitDeadline.Slice);
            }

            if (other is { IsCompleted: true } && Volatile.Read(ref turns.Span[0]) != turn)
            {
                throw new InvalidOperationException("the process that was to be woken has ended");
            }
        }
    }
}
