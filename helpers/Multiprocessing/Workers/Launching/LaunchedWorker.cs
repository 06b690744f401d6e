using Multiprocessing.Transport;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Workers.Launching;

/// <summary>A started worker process, seen from its parent. Thread-safe except for the streams.</summary>
internal abstract class LaunchedWorker : IDisposable
{
    /// <summary>The operating system's number of the process.</summary>
    public abstract int Id { get; }

    /// <summary>Where calls go and results come from.</summary>
    public abstract Channel Channel { get; }

    /// <summary>The environment it was started with, or was told since; what has changed after that must be told.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; set; }

    /// <summary>How many processors it sees, if it was launched to see fewer, or more, than there are: it is of no use to anybody else then.</summary>
    public int? Processors { get; init; }

    /// <summary>Whether it was launched before it was needed, and has had the time to prepare for a call.</summary>
    public bool IsRehearsed { get; set; }

    /// <summary>Whether it was taken from what somebody had asked for, and would be one of those again if it were not used.</summary>
    public bool WasAskedFor { get; set; }

    /// <summary>Begins to read what the process prints without going through Console.Out. Once.</summary>
    /// <param name="output">Takes what reaches its standard output.</param>
    /// <param name="error">Takes what reaches its standard error: a crash report, above all.</param>
    public abstract RawOutput ReadOutput(TextReceiver output, TextReceiver error);

    /// <summary>How it ended, if it has; looks without waiting.</summary>
    public abstract WorkerExit? Exit { get; }

    /// <summary>Waits for the end.</summary>
    public abstract WorkerExit WaitForExit();

    /// <summary>Ends the process at once. Nothing happens if it has ended.</summary>
    /// <param name="withChildren">Whether the processes that it started end with it.</param>
    public abstract void Kill(bool withChildren);

    /// <summary>Closes the parent's ends; the process sees that as the end of its parent.</summary>
    public abstract void Dispose();
}
