namespace NotebookRunner.Kernels;

/// <summary>The kernel's process ended while it was needed.</summary>
internal sealed class KernelDiedException : Exception
{
    internal KernelDiedException(string message, int? exitCode, string? signal, IReadOnlyList<string> lastErrorLines)
        : base(message)
    {
        ExitCode = exitCode;
        Signal = signal;
        LastErrorLines = lastErrorLines;
    }

    /// <summary>The exit code; null when a signal ended the process, or when nobody knows.</summary>
    public int? ExitCode { get; }

    /// <summary>The signal that ended the process, for instance <c>SIGKILL</c>; null when it exited by itself.</summary>
    public string? Signal { get; }

    /// <summary>The last lines of the kernel's stderr.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }
}
