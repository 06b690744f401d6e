using System.Diagnostics;

namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a parent does with a pool.</summary>
internal static class Pools
{
    /// <summary>Has a pool work as told, says that it is ready, and waits to be killed or told to end.</summary>
    public static int Run(string work)
    {
        switch (work)
        {
            case "map":
                return Map();
            case "prepare":
                return Prepare();
        }

        WorkerPool pool = new(2);
        using SharedValue<int> begun = new();
        Task<int[]> running = work switch
        {
            "idle" => pool.MapAsync(_ => begun.Increment(), [1, 2]),
            "nested" => pool.MapAsync(_ => Nest(begun), [1, 2]),
            _ => pool.MapAsync(_ => Loop(begun), [1, 2]),
        };
        while (begun.Value < 2 || (work == "idle" && !running.IsCompleted))
        {
            Thread.Sleep(1);
        }

        if (work is "loop" or "idle" or "nested")
        {
            // The stock fills meanwhile: who is killed while it starts a worker leaves what the next program sweeps.
            Thread.Sleep(1000);
        }

        Console.WriteLine("ready");
        if (work is "throw" or "exit" or "return")
        {
            return Ending.Await(work);
        }

        _ = Console.ReadLine();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>Prepares three workers; when it is told to go on, has a pool of them, and says which they are.</summary>
    private static int Prepare()
    {
        WorkerPool.Prepare(3);

        // Long enough to come to rest.
        Thread.Sleep(5000);
        Console.WriteLine("ready");
        _ = Console.ReadLine();
        using SharedValue<int> arrived = new();
        using WorkerPool pool = new(3);
        Console.WriteLine(pool);
        Console.WriteLine(string.Join(' ', pool.Map(
            _ =>
            {
                arrived.Increment();
                SpinWait.SpinUntil(() => arrived.Value == 3);
                return Environment.ProcessId;
            },
            [1, 2, 3],
            chunkSize: 1)));
        return 0;
    }

    private static int Map()
    {
        using WorkerPool pool = new(2);
        pool.Run(static () => Console.WriteLine("in worker"));
        Console.WriteLine(string.Join(' ', pool.Map(static x => x * x, Enumerable.Range(0, 4))));
        try
        {
            pool.Map(static x => x == 2 ? throw new ArgumentException($"no {x}") : x, Enumerable.Range(0, 4));
        }
        catch (WorkerException e)
        {
            Console.WriteLine(e.OriginalMessage);
        }

        try
        {
            pool.Run(static () => Environment.Exit(3));
        }
        catch (WorkerDiedException e)
        {
            Console.WriteLine($"exit {e.ExitCode}");
        }

        return 0;
    }

    /// <summary>Loops for ever, with a child process that is not a worker.</summary>
    private static int Loop(SharedValue<int> begun)
    {
        using Process child = Programs.Sleep(1000);
        begun.Increment();
        while (true)
        {
        }
    }

    /// <summary>Has a pool of its own that loops for ever.</summary>
    private static int Nest(SharedValue<int> begun)
    {
        using WorkerPool inner = new(1);
        return inner.Run(() => Loop(begun));
    }
}
