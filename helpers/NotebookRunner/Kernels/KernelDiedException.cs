namespace NotebookRunner.Kernels;

/// <summary>The kernel's process ended while it was needed.</summary>
internal sealed class KernelDiedException : Exception
{
    private const int MaxErrorLines = 20;

    internal KernelDiedException(ExitStatus exit, IReadOnlyList<string> errorLines)
        : base($"The kernel {Summarize(exit, errorLines)}")
    {
        Summary = Summarize(exit, errorLines);
        ExitCode = exit.ExitCode;
        Signal = exit.Signal;
        Cause = exit.Cause;
        LastErrorLines = [.. errorLines.Skip(FindCrash(errorLines) ?? Math.Max(0, errorLines.Count - MaxErrorLines)).Take(MaxErrorLines)];
    }

    /// <summary>The message without its subject: <c>was killed by SIGKILL</c>, and what the kernel said last.</summary>
    public string Summary { get; }

    /// <summary>The exit code; 128 and the signal's number if a signal ended the process, as shells have it.</summary>
    public int ExitCode { get; }

    /// <summary>The signal that ended the process, for instance <c>SIGKILL</c>; null when it exited by itself.</summary>
    public string? Signal { get; }

    /// <summary>The signal, or the exit code, as in <c>exit code 7</c>.</summary>
    public string Cause { get; }

    /// <summary>The last lines of the kernel's stderr; from the report of a crash on, if there is one.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }

    private static string Summarize(ExitStatus exit, IReadOnlyList<string> errorLines) =>
        errorLines.Count == 0 ? exit.ToString() : $"{exit}: {CrashReport.Summarize([.. errorLines.Skip(FindCrash(errorLines) ?? (errorLines.Count - 1))])}";

    private static int? FindCrash(IReadOnlyList<string> errorLines)
    {
        int crash = errorLines.ToList().FindLastIndex(CrashReport.BeginsWith);
        return crash < 0 ? null : crash;
    }
}
