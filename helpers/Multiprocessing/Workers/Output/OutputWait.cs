namespace Multiprocessing.Workers.Output;

/// <summary>A call that waits for a worker, and whose context takes what workers print meanwhile.</summary>
internal sealed class OutputWait(WorkerSession? worker, ExecutionContext? context, CancellationToken stop) : IDisposable
{
    public WorkerSession? Worker => worker;

    /// <summary>Whether its cell has been stopped: nothing is to be written there any more.</summary>
    public bool IsStopped => stop.IsCancellationRequested;

    public void Write(string text, bool isError) => Write(context, text, isError);

    /// <summary>Writes to the console that a context sees.</summary>
    public static void Write(ExecutionContext? context, string text, bool isError)
    {
        if (context is null)
        {
            WriteHere(text, isError);
        }
        else
        {
            ExecutionContext.Run(context, _ => WriteHere(text, isError), null);
        }
    }

    public void Dispose() => OutputRouter.EndWait(this);

    private static void WriteHere(string text, bool isError)
    {
        try
        {
            (isError ? Console.Error : Console.Out).Write(text);
        }
#pragma warning disable CA1031 // A console that somebody has replaced may throw anything; a pipe's reader may be gone. That is no reason to fail a call,
        catch (Exception) // and this runs on threads of ours, where it would end the process.
#pragma warning restore CA1031
        {
        }
    }
}
