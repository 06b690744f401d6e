using Multiprocessing.Hosting;

namespace Multiprocessing.Connections.Output;

/// <summary>
/// Brings what workers print to where a reader looks for it. Thread-safe.
/// </summary>
/// <remarks>
/// A notebook host finds the cell that a text belongs to by the execution context of the thread that writes it, and loses (or garbles its own
/// protocol with) what is written when no cell runs. So a worker's text is written in the context of a call that waits for that worker; failing that, of
/// any call that waits for a worker; and failing that it is kept for the next such call. In an ordinary program the console is there all the
/// time, and text goes to it at once. What is still to come of a worker that was ended because its cell was stopped is for nobody, least of all for the next cell.
/// </remarks>
internal static class OutputRouter
{
    /// <summary>How much text is kept for a call to come. A worker that prints more than that waits, as at a full pipe.</summary>
    private const int MostKept = 16 * 1024 * 1024;

    /// <summary>While there is no room, a worker that has been ended meanwhile is noticed after no longer than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private static readonly Lock Gate = new();
    private static readonly List<OutputWait> Waits = [];
    private static readonly Queue<WorkerText> Kept = new();
    private static readonly ManualResetEventSlim Room = new(initialState: true);
    private static int s_kept;

    /// <summary>Passes on what a worker printed.</summary>
    public static void Deliver(WorkerText text)
    {
        while (true)
        {
            Room.Wait(Slice);
            OutputWait? taker;
            lock (Gate)
            {
                if (text.Worker.IsSilenced)
                {
                    return;
                }

                taker = Waits.FindLast(wait => wait.Worker == text.Worker) ?? Waits.FindLast(static wait => !wait.IsStopped);
                if (taker is not null)
                {
                    if (taker.IsStopped)
                    {
                        return;
                    }

                    taker.Add(text);
                }
                else if (NotebookHost.Current.RunsCells)
                {
                    if (s_kept < MostKept)
                    {
                        Kept.Enqueue(text);
                        s_kept += text.Text.Length;
                        return;
                    }

                    Room.Reset();
                    continue;
                }
            }

            // A console may take its time: nobody else is to wait for that.
            if (taker is not null)
            {
                taker.Write();
            }
            else
            {
                OutputWait.Write(text.Worker.Home, text);
            }

            return;
        }
    }

    /// <summary>Announces a call that waits for a worker: until disposed, the call's context is where text goes. Writes what was kept.</summary>
    /// <param name="worker">The worker, or null to take what was kept and no more.</param>
    public static OutputWait BeginWait(WorkerConnection? worker) => Begin(new OutputWait(worker, ExecutionContext.Capture(), NotebookHost.Stop));

    /// <inheritdoc cref="BeginWait(WorkerConnection?)"/>
    /// <param name="wait">The call. Where the flow of the context is suppressed, it has none: nobody reads there, and nothing is written there.</param>
    public static OutputWait Begin(OutputWait wait)
    {
        if (!wait.HasReader)
        {
            return wait;
        }

        lock (Gate)
        {
            while (Kept.TryDequeue(out WorkerText? kept))
            {
                wait.Add(kept);
            }

            s_kept = 0;
            if (wait.Worker is not null)
            {
                Waits.Add(wait);
            }
        }

        Room.Set();
        wait.Write();
        return wait;
    }

    /// <summary>Notes that a call waits no more.</summary>
    public static void EndWait(OutputWait wait)
    {
        lock (Gate)
        {
            Waits.Remove(wait);
        }
    }
}
