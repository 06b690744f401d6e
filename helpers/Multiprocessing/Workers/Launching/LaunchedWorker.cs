using Multiprocessing.Transport;

namespace Multiprocessing.Workers.Launching;

/// <summary>A started worker process, seen from its parent. Thread-safe except for the streams.</summary>
internal abstract class LaunchedWorker : IDisposable
{
    /// <summary>The operating system's number of the process.</summary>
    public abstract int Id { get; }

    /// <summary>Where calls go and results come from.</summary>
    public abstract Channel Channel { get; }

    /// <summary>What reaches the process's standard output without going through Console.Out.</summary>
    public abstract Stream StandardOutput { get; }

    /// <summary>What reaches the process's standard error: a crash report, above all.</summary>
    public abstract Stream StandardError { get; }

    /// <summary>The environment it was started with; what has changed since must be told.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>How it ended, if it has; looks without waiting.</summary>
    public abstract WorkerExit? Exit { get; }

    /// <summary>Waits for the end.</summary>
    public abstract WorkerExit WaitForExit();

    /// <summary>Ends the process, and the processes that it started, at once. Nothing happens if it has ended.</summary>
    public abstract void Kill();

    /// <summary>Closes the parent's ends; the process sees that as the end of its parent.</summary>
    public abstract void Dispose();
}
