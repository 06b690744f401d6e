namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a program does with shared memory.</summary>
internal static class Sharer
{
    /// <summary>Referred to until the end, so that nothing goes before.</summary>
    public static SharedArray<int>? Kept { get; set; }

    /// <summary>Makes shared memory, has workers make some, says so, and waits to be told to end.</summary>
    public static int Share(string end)
    {
        SharedArray<int> shared = new(100_000);
        Kept = shared;
        using SharedValue<int> ready = new();
        WorkerProcess worker = new(() =>
        {
            Kept = new SharedArray<int>(100_000);
            WorkerProcess inner = new(() =>
            {
                Kept = new SharedArray<int>(100_000);
                ready.Increment();
                Thread.Sleep(Timeout.Infinite);
            });
            inner.Start();
            ready.Increment();
            shared[0] = 1;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        while (ready.Value < 2)
        {
            Thread.Sleep(1);
        }

        Console.WriteLine(worker.Id);
        if (end == "kill")
        {
            _ = Console.ReadLine();
            worker.Kill();
            worker.Join();
            Console.WriteLine("killed");
        }

        return Ending.Await(end);
    }
}
