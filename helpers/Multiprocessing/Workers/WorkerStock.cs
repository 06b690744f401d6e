using Multiprocessing.Shipping;
using Multiprocessing.Transport;
using Multiprocessing.Transport.Segments;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>
/// Started, unused workers, so that a call need not wait for a process to start. Each is used once. The stock fills in the background after the
/// first use, up to one for each processor or as many as were asked for, and is given up when nobody has asked for a while. Thread-safe.
/// </summary>
internal static class WorkerStock
{
    /// <summary>
    /// How long after a worker has begun its call its place is filled: soon enough for the next call, late enough not to take the processors from
    /// others that are being started in the same breath.
    /// </summary>
    private static readonly TimeSpan RefillDelay = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);
    private static readonly Lock Gate = new();
    private static readonly Queue<LaunchedWorker> Ready = new();
    private static readonly Timer Refilling;
    private static readonly Timer Expiry;
    private static bool s_refillScheduled;
    private static int s_wanted = Environment.ProcessorCount;

    static WorkerStock()
    {
        // These run for nobody in particular: no cell's context may stick to them.
        using (ExecutionContext.SuppressFlow())
        {
            Refilling = new Timer(static _ => Fill());
            Expiry = new Timer(static _ => Clear());
        }
    }

    /// <summary>An unused worker: the one that has been ready longest, or a new one.</summary>
    /// <param name="processors">How many processors it shall see. No worker in stock can be told that any more, so it is a new one then; null for all that there are.</param>
    public static LaunchedWorker Take(int? processors = null)
    {
        LaunchedWorker? taken = processors is null ? TakeReady() : null;
        return taken ?? Launch(forStock: false, processors);
    }

    /// <summary>Has the stock filled with so many workers, once: from then on it is of its usual size.</summary>
    public static void Prepare(int count)
    {
        lock (Gate)
        {
            s_wanted = Math.Max(s_wanted, count);
        }

        Refill();
    }

    /// <summary>Has the stock filled, in a moment and in the background.</summary>
    public static void Refill()
    {
        lock (Gate)
        {
            if (!s_refillScheduled)
            {
                s_refillScheduled = true;
                Refilling.Change(RefillDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Takes a worker that was not used; from now on it waits, and not for ever.</summary>
    public static void Return(LaunchedWorker unused)
    {
        if (unused.Processors is not null)
        {
            End(unused);
            return;
        }

        lock (Gate)
        {
            Ready.Enqueue(unused);
        }

        Expiry.Change(IdleLimit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the workers in stock.</summary>
    public static void Clear()
    {
        while (TakeReady() is { } worker)
        {
            End(worker);
        }
    }

    private static LaunchedWorker? TakeReady()
    {
        while (true)
        {
            LaunchedWorker? worker;
            lock (Gate)
            {
                if (!Ready.TryDequeue(out worker))
                {
                    return null;
                }
            }

            if (worker.Exit is null)
            {
                return worker;
            }

            worker.Dispose();
        }
    }

    private static LaunchedWorker Launch(bool forStock, int? processors = null)
    {
        LaunchedWorker worker = WorkerLauncher.Default.Launch(processors);
        try
        {
            PayloadWriter greeting = new();
            Greeting.ForWorkerWith(worker.Environment, rehearse: forStock).Write(greeting);
            worker.Channel.Send(FrameKind.Greeting, greeting.Written.Span);
            worker.IsRehearsed = forStock;
        }
        catch (IOException)
        {
            // It has died already; whoever uses it will be told how.
        }

        return worker;
    }

    private static void Fill()
    {
        SegmentSweep.Begin();
        try
        {
            while (true)
            {
                lock (Gate)
                {
                    s_refillScheduled = Ready.Count < s_wanted;
                    if (!s_refillScheduled)
                    {
                        s_wanted = Environment.ProcessorCount;
                        return;
                    }
                }

                Return(Launch(forStock: true));
            }
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // Without a stock a call starts its own worker, and reports why if it cannot.
            lock (Gate)
            {
                s_refillScheduled = false;
            }
        }
    }

    private static void End(LaunchedWorker worker)
    {
        worker.Kill(withChildren: true);
        worker.WaitForExit();
        worker.Dispose();
    }
}
