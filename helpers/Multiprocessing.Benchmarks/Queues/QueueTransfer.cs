using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>How fast items go through a queue: from one producer process to this one, and there and back.</summary>
internal static class QueueTransfer
{
    private const int Numbers = 2_000_000;
    private const int Trips = 3000;
    private const int WarmUpTrips = 3000;
    private const int Arrays = 600;
    private const int ArrayLength = 1_000_000;

    /// <summary>Enough for the stock of workers to fill and the processors to come to rest.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(int runs, PythonPeer? python)
    {
        IReadOnlyDictionary<string, double>? peer = python is null ? null : await python.RunAsync("queues.py", runs);
        return
        [
            new Row("queue, small ints, one producer process to one consumer process", await Sample.MedianAsync(runs, 1, NumbersAsync), peer?["small_ints"], "items/s", "higher"),
            new Row("queue ping-pong, median", await Sample.MedianAsync(runs, 1, RoundTripAsync), peer?["ping_pong"], "us", "lower"),
            new Row("queue, 1 MB byte arrays", await Sample.MedianAsync(runs, 1, ArraysAsync), peer?["byte_arrays"], "MB/s", "higher"),
        ];
    }

    private static Task<double> NumbersAsync() => ConsumeAsync(Numbers, static i => i, 1);

    private static Task<double> ArraysAsync()
    {
        byte[] array = new byte[ArrayLength];
        Random.Shared.NextBytes(array);
        return ConsumeAsync(Arrays, _ => array, ArrayLength / 1e6);
    }

    /// <summary>
    /// Has a worker produce, and takes everything here: once to have the code compiled, then, when both are ready, against the clock. Gives units a second.
    /// </summary>
    private static async Task<double> ConsumeAsync<T>(int count, Func<int, T> make, double unitsEach)
    {
        using ProcessQueue<T> queue = new();
        using SharedValue<int> round = new();
        Task producer = WorkerProcess.RunAsync(() =>
        {
            for (int begun = 1; begun <= 2; begun++)
            {
                while (round.Value < begun)
                {
                    Thread.Sleep(1);
                }

                for (int i = 0; i < count; i++)
                {
                    queue.Enqueue(make(i));
                }
            }
        });
        double perSecond = await Task.Factory.StartNew(
            () =>
            {
                round.Value = 1;
                Take(queue, count);
                Thread.Sleep(Pause);
                long begin = Stopwatch.GetTimestamp();
                round.Value = 2;
                Take(queue, count);
                return count * unitsEach / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await producer;
        return perSecond;
    }

    private static void Take<T>(ProcessQueue<T> queue, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = queue.Dequeue();
        }
    }

    /// <summary>The median of many trips through two queues, in microseconds.</summary>
    private static async Task<double> RoundTripAsync()
    {
        using ProcessQueue<int> there = new();
        using ProcessQueue<int> back = new();
        Task echo = WorkerProcess.RunAsync(() =>
        {
            foreach (int number in there.GetConsumingEnumerable())
            {
                back.Enqueue(number);
            }
        });
        double median = await Task.Factory.StartNew(
            () =>
            {
                double[] trips = new double[Trips];
                for (int trip = -WarmUpTrips; trip < Trips; trip++)
                {
                    long begin = Stopwatch.GetTimestamp();
                    there.Enqueue(trip);
                    _ = back.Dequeue();
                    if (trip >= 0)
                    {
                        trips[trip] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                    }
                }

                Array.Sort(trips);
                return trips[Trips / 2];
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        there.CompleteAdding();
        await echo;
        return median;
    }
}
