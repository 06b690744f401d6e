namespace NotebookRunner.Kernels;

/// <summary>The kernel's process ended while it was needed.</summary>
internal sealed class KernelDiedException : Exception
{
    internal KernelDiedException(ExitStatus exit, IReadOnlyList<string> lastErrorLines)
        : base($"The kernel {Summarize(exit, lastErrorLines)}")
    {
        Summary = Summarize(exit, lastErrorLines);
        ExitCode = exit.ExitCode;
        Signal = exit.Signal;
        LastErrorLines = lastErrorLines;
    }

    /// <summary>The message without its subject: <c>was killed by SIGKILL</c>, and what the kernel said last.</summary>
    public string Summary { get; }

    /// <summary>The exit code; 128 and the signal's number if a signal ended the process, as shells have it.</summary>
    public int ExitCode { get; }

    /// <summary>The signal that ended the process, for instance <c>SIGKILL</c>; null when it exited by itself.</summary>
    public string? Signal { get; }

    /// <summary>The last lines of the kernel's stderr.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }

    // The runtime's own report of a crash begins with what happened, and goes on with stack traces.
    private static string Summarize(ExitStatus exit, IReadOnlyList<string> lastErrorLines) =>
        lastErrorLines.Count == 0 ? exit.ToString() : $"{exit}: {lastErrorLines[0].Trim()}";
}
