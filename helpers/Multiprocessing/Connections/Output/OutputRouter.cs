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
/// <param name="notebook">The notebook that the process runs.</param>
#pragma warning disable CA1001 // It lasts as long as the process, and its event has no handle of the system's as long as nobody asks for one.
internal sealed class OutputRouter(INotebookHost notebook)
#pragma warning restore CA1001
{
    /// <summary>How much text is kept for a call to come. A worker that prints more than that waits, as at a full pipe.</summary>
    private const int MostKept = 16 * 1024 * 1024;

    /// <summary>While there is no room, a worker that has been ended meanwhile is noticed after no longer than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly List<OutputWait> _waits = [];
    private readonly Queue<WorkerText> _kept = new();
    private readonly ManualResetEventSlim _room = new(initialState: true);
    private int _keptCharacters;

    /// <summary>How long an unfinished line waits for its rest: usually no longer than a reader would notice. For workers that are started from now on.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Passes on what a worker printed. It is not written yet: a console may take its time, and the caller may hold locks.</summary>
    /// <returns>What is to write it; null if nothing is.</returns>
    public OutputWait? Deliver(WorkerText text)
    {
        while (true)
        {
            _room.Wait(Slice);
            lock (_gate)
            {
                // As long as nobody has taken it, what a worker prints is its runtime's: why that could not start, while this process ends and what it needs is gone already. Whoever
                // is in need of a worker that cannot start is told by the exception.
                if (text.Worker.IsSilenced || !text.Worker.IsTaken)
                {
                    return null;
                }

                OutputWait? taker = _waits.FindLast(wait => wait.Worker == text.Worker) ?? _waits.FindLast(static wait => !wait.IsStopped);
                if (taker is { IsStopped: true })
                {
                    return null;
                }

                if (taker is not null || !notebook.RunsCells)
                {
                    taker ??= text.Worker.Console;
                    taker.Add(text);
                    return taker;
                }

                if (_keptCharacters < MostKept)
                {
                    _kept.Enqueue(text);
                    _keptCharacters += text.Text.Length;
                    return null;
                }

                _room.Reset();
            }
        }
    }

    /// <summary>Announces a call that waits for a worker: until disposed, the call's context is where text goes. Writes what was kept.</summary>
    /// <param name="worker">The worker, or null to take what was kept and no more.</param>
    public OutputWait BeginWait(WorkerConnection? worker) => Begin(new OutputWait(this, worker, ExecutionContext.Capture(), notebook.Stop));

    /// <inheritdoc cref="BeginWait(WorkerConnection?)"/>
    /// <param name="wait">The call. Where the flow of the context is suppressed, it has none: nobody reads there, and nothing is written there.</param>
    public OutputWait Begin(OutputWait wait)
    {
        if (!wait.HasReader)
        {
            return wait;
        }

        lock (_gate)
        {
            while (_kept.TryDequeue(out WorkerText? kept))
            {
                wait.Add(kept);
            }

            _keptCharacters = 0;
            if (wait.Worker is not null)
            {
                _waits.Add(wait);
            }
        }

        _room.Set();
        wait.Write();
        return wait;
    }

    /// <summary>Notes that a call waits no more.</summary>
    public void EndWait(OutputWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
        }
    }

    /// <summary>Writes where a context has its console.</summary>
    public void Write(ExecutionContext? context, WorkerText text)
    {
        if (context is null)
        {
            WriteHere(text);
        }
        else
        {
            ExecutionContext.Run(context, text => WriteHere((WorkerText)text!), text);
        }
    }

    private void WriteHere(WorkerText text)
    {
        try
        {
            (text.IsError ? notebook.Error : notebook.Out).Write(text.Text);
        }
#pragma warning disable CA1031 // A console that somebody has replaced may throw anything; a pipe's reader may be gone. That is no reason to fail a call,
        catch (Exception) // and this runs on threads of ours, where it would end the process.
#pragma warning restore CA1031
        {
        }
    }
}

/// <summary>Text that a worker has printed.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Text">The text.</param>
/// <param name="IsError">Whether it was meant for the error stream.</param>
internal sealed record WorkerText(WorkerConnection Worker, string Text, bool IsError);
