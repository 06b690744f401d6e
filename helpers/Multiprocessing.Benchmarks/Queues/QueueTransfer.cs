using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>How fast items go through a queue: from one producer process to this one, and there and back.</summary>
internal static class QueueTransfer
{
    private const string Script = "queues.py";
    private const int Numbers = 2_000_000;
    private const int Trips = 3000;
    private const int WarmUpTrips = 3000;
    private const int Arrays = 200;
    private const int ArrayLength = 1_000_000;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("queue, small ints, one producer process to one consumer process", "items/s", Better.Higher, static effort => Sample.MedianAsync(effort, 1, NumbersAsync))
        {
            Theirs = new PythonFigure(Script, "small_ints_queue", "small_ints_simple_queue", "small_ints_pipe"),
            Limit = 3_000_000,
        },
        new("queue ping-pong, median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, RoundTripAsync))
        {
            Theirs = new PythonFigure(Script, "ping_pong_queue", "ping_pong_simple_queue", "ping_pong_pipe"),
            Limit = 12,
        },
        new("queue, small ints, each acknowledged", "items/s", Better.Higher, static effort => Sample.MedianAsync(effort, 1, AcknowledgeAsync))
        {
            Theirs = new PythonFigure(Script, "small_ints_joinable_queue"),
            Limit = 500_000,
        },
        new("pipe ping-pong, median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, PipeRoundTripAsync))
        {
            Theirs = new PythonFigure(Script, "ping_pong_duplex_pipe"),
            Limit = 12,
        },
        new("pipe ping-pong, 1 MB byte arrays, median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, PipeRoundTripOfArraysAsync))
        {
            Theirs = new PythonFigure(Script, "array_ping_pong_duplex_pipe", "array_ping_pong_duplex_pipe_bytes"),
        },
        new("queue, 1 MB byte arrays", "MB/s", Better.Higher, static effort => Sample.MedianAsync(effort, 1, ArraysAsync))
        {
            Theirs = new PythonFigure(Script, "byte_arrays_queue", "byte_arrays_simple_queue", "byte_arrays_pipe", "byte_arrays_pipe_bytes"),
            Limit = 3000,
        },
    ];

    private static Task<double> NumbersAsync() => ConsumeAsync(Numbers, static i => i, static (i, number) => number == i, 1);

    private static Task<double> AcknowledgeAsync() => ConsumeAsync(Numbers / 2, static i => i, static (i, number) => number == i, 1, static queue =>
    {
        using QueueItem<int> item = queue.DequeueItem();
        item.Acknowledge();
        return item.Value;
    });

    private static Task<double> ArraysAsync()
    {
        byte[] array = new byte[ArrayLength];
        Random.Shared.NextBytes(array);
        return ConsumeAsync(Arrays, _ => array, (_, taken) => taken.Length == ArrayLength && taken[0] == array[0] && taken[^1] == array[^1], ArrayLength / 1e6);
    }

    /// <summary>
    /// Has a worker produce, and takes everything here: once to have the code compiled, then, when both are ready, against the clock. Gives units a second.
    /// </summary>
    private static Task<double> ConsumeAsync<T>(int count, Func<int, T> make, Func<int, T, bool> isRight, double unitsEach) => ConsumeAsync(count, make, isRight, unitsEach, static queue => queue.Dequeue());

    private static async Task<double> ConsumeAsync<T>(int count, Func<int, T> make, Func<int, T, bool> isRight, double unitsEach, Func<ProcessQueue<T>, T> take)
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
                Take(queue, count, isRight, take);
                Thread.Sleep(100);
                long begin = Stopwatch.GetTimestamp();
                round.Value = 2;
                Take(queue, count, isRight, take);
                return count * unitsEach / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await producer;
        return perSecond;
    }

    private static void Take<T>(ProcessQueue<T> queue, int count, Func<int, T, bool> isRight, Func<ProcessQueue<T>, T> take)
    {
        int right = 0;
        for (int i = 0; i < count; i++)
        {
            right += isRight(i, take(queue)) ? 1 : 0;
        }

        Check.Equal(count, right);
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
        double median = await RoundTrips.MedianAsync(WarmUpTrips, Trips, trip =>
        {
            there.Enqueue(trip);
            Check.Equal(trip, back.Dequeue());
        });
        there.CompleteAdding();
        await echo;
        return median;
    }

    /// <summary>The same through a pipe.</summary>
    private static async Task<double> PipeRoundTripAsync()
    {
        (ProcessPipeEnd<int, int> ours, ProcessPipeEnd<int, int> theirs) = ProcessPipe.Create<int>();
        Task echo = WorkerProcess.RunAsync(() =>
        {
            foreach (int number in theirs.ReceiveAll())
            {
                theirs.Send(number);
            }
        });
        double median = await RoundTrips.MedianAsync(WarmUpTrips, Trips, trip =>
        {
            ours.Send(trip);
            Check.Equal(trip, ours.Receive());
        });
        ours.Dispose();
        await echo;
        return median;
    }

    /// <summary>The same with an array that each side makes anew of what comes.</summary>
    private static async Task<double> PipeRoundTripOfArraysAsync()
    {
        byte[] array = new byte[ArrayLength];
        Random.Shared.NextBytes(array);
        (ProcessPipeEnd<byte[], byte[]> ours, ProcessPipeEnd<byte[], byte[]> theirs) = ProcessPipe.Create<byte[]>();
        Task echo = WorkerProcess.RunAsync(() =>
        {
            foreach (byte[] taken in theirs.ReceiveAll())
            {
                theirs.Send(taken);
            }
        });
        byte[] last = [];
        double median = await RoundTrips.MedianAsync(Arrays / 2, Arrays, _ =>
        {
            ours.Send(array);
            last = ours.Receive();
        });
        ours.Dispose();
        await echo;
        Check.Equal(true, last.AsSpan().SequenceEqual(array));
        return median;
    }
}
