using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Benchmarks.Measuring;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>How long it takes to put a message of 50 bytes into a queue and to take it out again, in one thread that never waits: what the queue itself takes.</summary>
internal static class LocalQueue
{
    private const int Size = 50;
    private const int Pairs = 2_000_000;
    private const int WarmUps = 3;

    public static IEnumerable<Measurement> Measurements =>
    [
        new("queue within one process, 50 bytes in and out, taken as a new array", "ns", Better.Lower, static effort => MeasureAsync<byte[]>(effort, ArraysBy))
        {
            Theirs = new InterprocessFigure(static (queue, effort) => MeasureAsync(effort, ArraysBy(queue))),
        },
        new("queue within one process, 50 bytes in and out, nothing allocated", "ns", Better.Lower, static effort => MeasureAsync<Message>(effort, StructsBy))
        {
            Theirs = new InterprocessFigure(static (queue, effort) => MeasureAsync(effort, BytesBy(queue))),
        },
    ];

    private static async Task<double> MeasureAsync<T>(Effort effort, Func<ProcessQueue<T>, Func<int, long>> use)
    {
        using ProcessQueue<T> queue = new();
        return await MeasureAsync(effort, use(queue));
    }

    /// <param name="effort">How often.</param>
    /// <param name="run">Sends so many messages, each of which begins with its number, and gives the sum of what the first bytes of those are that come.</param>
    private static async Task<double> MeasureAsync(Effort effort, Func<int, long> run)
    {
        int pairs = effort.Share(Pairs);
        return await Sample.MedianAsync(effort, WarmUps, () =>
        {
            long begin = Stopwatch.GetTimestamp();
            long sum = run(pairs);
            double nanoseconds = Stopwatch.GetElapsedTime(begin).TotalNanoseconds / pairs;
            Check.Equal(Enumerable.Range(0, pairs).Sum(static number => (long)(byte)number), sum);
            return nanoseconds;
        });
    }

    private static Func<int, long> ArraysBy(ProcessQueue<byte[]> queue)
    {
        byte[] message = new byte[Size];
        return pairs =>
        {
            long sum = 0;
            for (int i = 0; i < pairs; i++)
            {
                message[0] = (byte)i;
                queue.Enqueue(message);
                sum += queue.Dequeue()[0];
            }

            return sum;
        };
    }

    private static Func<int, long> StructsBy(ProcessQueue<Message> queue)
    {
        Message message = default;
        return pairs =>
        {
            long sum = 0;
            for (int i = 0; i < pairs; i++)
            {
                message[0] = (byte)i;
                queue.Enqueue(message);
                sum += queue.Dequeue()[0];
            }

            return sum;
        };
    }

    private static Func<int, long> ArraysBy(InterprocessQueue queue)
    {
        byte[] message = new byte[Size];
        return pairs =>
        {
            long sum = 0;
            for (int i = 0; i < pairs; i++)
            {
                message[0] = (byte)i;
                Check.Equal(true, queue.TryEnqueue(message));
                sum += queue.Dequeue(CancellationToken.None).Span[0];
            }

            return sum;
        };
    }

    private static Func<int, long> BytesBy(InterprocessQueue queue)
    {
        byte[] message = new byte[Size];
        byte[] buffer = new byte[Size];
        return pairs =>
        {
            long sum = 0;
            for (int i = 0; i < pairs; i++)
            {
                message[0] = (byte)i;
                Check.Equal(true, queue.TryEnqueue(message));
                sum += queue.DequeueInto(buffer, CancellationToken.None).Span[0];
            }

            return sum;
        };
    }

    [InlineArray(Size)]
    private struct Message
    {
        private byte _first;
    }
}
