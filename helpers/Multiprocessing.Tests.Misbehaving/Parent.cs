using System.Diagnostics;

namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a parent does with its workers.</summary>
internal static class Parent
{
    public static void Forever()
    {
        while (true)
        {
        }
    }

    public static int Loop()
    {
        WorkerProcess looping, sleeping, withChild;

        // Gone before this process is.
        using (SharedValue<int> begun = new())
        {
            looping = new(() =>
            {
                begun.Increment();
                Forever();
            });
            sleeping = new(() =>
            {
                begun.Increment();
                Thread.Sleep(Timeout.Infinite);
            });
            withChild = new(() =>
            {
                using Process child = Programs.Sleep(1000);
                begun.Increment();
                child.WaitForExit();
            });
            looping.Start();
            sleeping.Start();
            withChild.Start();
            while (begun.Value < 3)
            {
                Thread.Sleep(1);
            }
        }

        // The stock fills meanwhile.
        Thread.Sleep(1000);
        Console.WriteLine($"{looping.Id} {sleeping.Id} {withChild.Id}");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    public static int Descend()
    {
        SharedArray<int> ids = new(4);
        WorkerProcess worker = new(() =>
        {
            ids[0] = Environment.ProcessId;
            ids[1] = Programs.Sleep(1000).Id;
            WorkerProcess inner = new(() =>
            {
                ids[2] = Environment.ProcessId;
                ids[3] = Programs.Sleep(1000).Id;
                Forever();
            });
            inner.Start();
            inner.Join();
        });
        worker.Start();
        SpinWait.SpinUntil(() => ids[3] != 0);
        Console.WriteLine(string.Join(' ', ids.ToArray()));
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    public static int Orphan()
    {
        using SharedValue<int> child = new();
        using WorkerProcess worker = new(() =>
        {
            child.Value = Programs.Sleep(1000).Id;
            Forever();
        });
        worker.Start();
        SpinWait.SpinUntil(() => child.Value != 0);
        using (Process process = Process.GetProcessById(worker.Id))
        {
            process.Kill();
        }

        try
        {
            worker.Join();
        }
        catch (WorkerDiedException)
        {
            Console.WriteLine(child.Value);
            _ = Console.ReadLine();
        }

        return 0;
    }

    public static int Release()
    {
        Console.WriteLine(WorkerProcess.RunAsync(static () => Programs.Sleep(1000).Id).GetAwaiter().GetResult());
        return 0;
    }

    public static int Print()
    {
        using WorkerProcess worker = new(() =>
        {
            Console.WriteLine($"stdout 한글 {Console.ReadLine() ?? "(empty)"}");
            Console.Error.WriteLine("stderr");
        });
        worker.Start();
        worker.Join();
        Console.WriteLine($"exit {worker.ExitCode}");
        return 0;
    }

    public static int PrintWithoutJoin()
    {
        using WorkerProcess worker = new(() => Console.WriteLine("nobody waits"));
        worker.Start();
        Stopwatch limit = Stopwatch.StartNew();
        while (worker.IsAlive && limit.Elapsed < TimeSpan.FromSeconds(60))
        {
            Thread.Sleep(5);
        }

        return 0;
    }

    public static int Throw()
    {
        using WorkerProcess worker = new(() => throw new ArgumentException("from the worker"));
        worker.Start();
        try
        {
            worker.Join();
        }
        catch (WorkerException e)
        {
            Console.WriteLine($"{e.OriginalType}: {e.OriginalMessage}");
        }

        return 0;
    }

    public static int Die()
    {
        using WorkerProcess worker = new(() => Environment.Exit(5));
        worker.Start();
        try
        {
            worker.Join();
        }
        catch (WorkerDiedException e)
        {
            Console.WriteLine($"exit {e.ExitCode}");
        }

        return 0;
    }

    public static int Kill()
    {
        using WorkerProcess worker = new(Forever);
        worker.Start();
        worker.Join(TimeSpan.FromMilliseconds(200));
        worker.Kill();
        worker.Join();
        Console.WriteLine($"exit {worker.ExitCode}");
        return 0;
    }
}
