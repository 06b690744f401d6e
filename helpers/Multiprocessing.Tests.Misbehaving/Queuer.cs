namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a program does with queues.</summary>
internal static class Queuer
{
    /// <summary>Referred to until the end, so that nothing goes before.</summary>
    public static ProcessQueue<byte[]>? Kept { get; set; }

    /// <summary>Likewise: a dictionary, the ends of a pipe, an item that is not acknowledged.</summary>
    public static object[]? Others { get; set; }

    /// <summary>Makes a queue, has a worker and that worker's worker fill it and one of their own, says what arrived, and waits to be told to end.</summary>
    public static int Run(string end)
    {
        ProcessQueue<byte[]> queue = new();
        Kept = queue;
        Others = MakeOthers();
        using ProcessQueue<int> ready = new(1);
        new WorkerProcess(() =>
        {
            new WorkerProcess(() => Fill(queue, ready)).Start();
            Fill(queue, ready);
        }).Start();
        int sum = ready.Dequeue() + ready.Dequeue();
        Console.WriteLine($"{queue.Count} {sum}");
        return Ending.Await(end);
    }

    private static void Fill(ProcessQueue<byte[]> queue, ProcessQueue<int> ready)
    {
        Kept = new ProcessQueue<byte[]>();
        for (int i = 0; i < 30; i++)
        {
            queue.Enqueue(new byte[300_000]);
            Kept.Enqueue(new byte[300_000]);
        }

        Others = [.. MakeOthers(), Kept.DequeueItem()];
        ready.Enqueue(500);
        Thread.Sleep(Timeout.Infinite);
    }

    private static object[] MakeOthers()
    {
        SharedDictionary<int, byte[]> dictionary = new() { [1] = new byte[300_000] };
        (ProcessPipeEnd<byte[], int> end, ProcessPipeEnd<int, byte[]> otherEnd) = ProcessPipe.Create<byte[], int>();
        end.Send(new byte[300_000]);
        return [dictionary, end, otherEnd];
    }
}
