using System.Buffers.Binary;
using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using Multiprocessing.Memory;

namespace Multiprocessing.Benchmarks.Rings;

/// <summary>How fast messages of one size go through the ring of a connection: from this process to a worker, there and back, and, for what the ring itself takes, within one thread.</summary>
internal static class RingTransfer
{
    private const int MessageSize = 256;
    private const int Messages = 4_000_000;
    private const int WarmUpMessages = 200_000;
    private const int WarmUpRounds = 3;
    private const int Trips = 20_000;
    private const int WarmUpTrips = 20_000;

    /// <summary>The other side is woken, and given the room, once for so many messages, and whenever this one is about to wait.</summary>
    private const int Batch = 64;

    /// <summary>Between rounds, so that what has been run often is compiled anew before the clock runs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static IEnumerable<Measurement> Measurements =>
    [
        new("ring between two processes, 256-byte messages", "M/s", Better.Higher, static effort => Sample.MedianAsync(effort, 1, () => TransferAsync(effort.Share(Messages), isApart: false))),
        .. !Processor.CanBeChosen ? [] : (Measurement[])
        [
            new("ring between two processes, each on its own processor, 256-byte messages", "M/s", Better.Higher, static effort => Sample.MedianAsync(effort, 1, () => TransferAsync(effort.Share(Messages), isApart: true))),
        ],
        new("ring within one thread, 256-byte messages", "M/s", Better.Higher, TransferHereAsync),
        new("ring ping-pong, 256-byte messages, median", "us", Better.Lower, static effort => Sample.MedianAsync(effort, 1, () => RoundTripAsync(effort.Share(Trips)))),
    ];

    /// <summary>Millions a second, from before the first is written until after the last is read.</summary>
    private static async Task<double> TransferAsync(int messages, bool isApart)
    {
        using SharedArray<byte> array = new(RingMemory.Size);
        Task<long> consumer = WorkerProcess.RunAsync(() =>
        {
            if (isApart)
            {
                Processor.Choose(1);
            }

            RingMemory memory = new(array);
            SharedRingReader ring = memory.RequestReader();
            for (int round = 0; round < WarmUpRounds; round++)
            {
                Consume(memory, ring, WarmUpMessages);
            }

            Consume(memory, ring, messages);
            return Stopwatch.GetTimestamp();
        });
        long begin;
        try
        {
            if (isApart)
            {
                Processor.Choose(0);
            }

            begin = ProduceAll(new RingMemory(array), messages, consumer);
        }
        finally
        {
            if (isApart)
            {
                Processor.Choose(null);
            }
        }

        return messages / Stopwatch.GetElapsedTime(begin, await consumer).TotalMicroseconds;
    }

    /// <returns>When the round that counts began.</returns>
    private static long ProduceAll(RingMemory memory, int messages, Task consumer)
    {
        SharedRingWriter ring = memory.RequestWriter();
        for (int round = 0; round < WarmUpRounds; round++)
        {
            Produce(memory, ring, WarmUpMessages, consumer);
            RingWait.Until(() => ring.Room == RingMemory.Capacity, memory.HereEvent, consumer);
            Thread.Sleep(Pause);
        }

        long begin = Stopwatch.GetTimestamp();
        Produce(memory, ring, messages, consumer);
        return begin;
    }

    private static void Produce(RingMemory memory, SharedRingWriter ring, int messages, Task consumer)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        for (int i = 0; i < messages; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message, i);

            // The room is always that of whole messages.
            while (ring.Write(message) == 0)
            {
                memory.ThereEvent.Set();
                RingWait.Until(() => ring.Room > 0, memory.HereEvent, consumer);
            }

            ring.Publish();
            if (i % Batch == Batch - 1)
            {
                memory.ThereEvent.Set();
            }
        }

        memory.ThereEvent.Set();
    }

    private static void Consume(RingMemory memory, SharedRingReader ring, int messages)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        for (int i = 0; i < messages; i++)
        {
            if (!ring.Has(MessageSize))
            {
                Release();
                RingWait.Until(() => ring.Has(MessageSize), memory.ThereEvent);
            }

            ring.Read(message);
            Check.Equal(i, BinaryPrimitives.ReadInt32LittleEndian(message));
            if (i % Batch == Batch - 1)
            {
                Release();
            }
        }

        Release();

        void Release()
        {
            ring.Release();
            memory.HereEvent.Set();
        }
    }

    /// <summary>Millions a second when nobody waits for anybody: a batch is written, then it is read.</summary>
    private static Task<double> TransferHereAsync(Effort effort)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            TransferHere(WarmUpMessages);
            Thread.Sleep(Pause);
        }

        return Sample.MedianAsync(effort, 1, () => TransferHere(effort.Share(Messages)));
    }

    private static double TransferHere(int messages)
    {
        using SharedArray<byte> array = new(RingMemory.Size);
        RingMemory memory = new(array);
        SharedRingWriter writer = memory.RequestWriter();
        SharedRingReader reader = memory.RequestReader();
        long begin = Stopwatch.GetTimestamp();
        for (int first = 0; first < messages; first += Batch)
        {
            WriteBatch(writer, first);
            ReadBatch(reader, first);
        }

        return messages / Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }

    private static void WriteBatch(SharedRingWriter writer, int first)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        for (int i = first; i < first + Batch; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message, i);
            Check.Equal(MessageSize, writer.Write(message));
            writer.Publish();
        }
    }

    private static void ReadBatch(SharedRingReader reader, int first)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        for (int i = first; i < first + Batch; i++)
        {
            Check.Equal(MessageSize, reader.Read(message));
            Check.Equal(i, BinaryPrimitives.ReadInt32LittleEndian(message));
        }

        reader.Release();
    }

    /// <summary>The median of many trips of a message to a worker and back, in microseconds.</summary>
    private static async Task<double> RoundTripAsync(int trips)
    {
        using SharedArray<byte> array = new(RingMemory.Size);
        Task echo = WorkerProcess.RunAsync(() =>
        {
            RingMemory memory = new(array);
            (SharedRingReader requests, SharedRingWriter replies) = (memory.RequestReader(), memory.ReplyWriter());
            Func<bool> hasCome = () => requests.Has(MessageSize);
            Span<byte> message = stackalloc byte[MessageSize];
            for (int trip = 0; trip < WarmUpTrips + trips; trip++)
            {
                RingWait.Until(hasCome, memory.ThereEvent);
                requests.Read(message);
                requests.Release();
                replies.Write(message);
                replies.Publish();
                memory.HereEvent.Set();
            }
        });
        double median = Measure();
        await echo;
        return median;

        double Measure()
        {
            RingMemory memory = new(array);
            (SharedRingWriter requests, SharedRingReader replies) = (memory.RequestWriter(), memory.ReplyReader());
            Func<bool> hasCome = () => replies.Has(MessageSize);
            Span<byte> message = stackalloc byte[MessageSize];
            double[] times = new double[trips];
            for (int trip = -WarmUpTrips; trip < trips; trip++)
            {
                long begin = Stopwatch.GetTimestamp();
                BinaryPrimitives.WriteInt32LittleEndian(message, trip);
                requests.Write(message);
                requests.Publish();
                memory.ThereEvent.Set();
                RingWait.Until(hasCome, memory.HereEvent, echo);
                replies.Read(message);
                replies.Release();
                Check.Equal(trip, BinaryPrimitives.ReadInt32LittleEndian(message));
                if (trip >= 0)
                {
                    times[trip] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                }
            }

            return Sample.Median(times);
        }
    }
}
