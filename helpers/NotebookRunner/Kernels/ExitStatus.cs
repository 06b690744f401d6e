namespace NotebookRunner.Kernels;

/// <summary>How a process ended.</summary>
internal sealed record ExitStatus(int ExitCode)
{
    // .NET reports a death by signal as shells do: 128 and the signal's number. These numbers are the same on Linux and macOS.
    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [8] = "SIGFPE",
        [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
    };

    /// <summary>The signal's name; null if the process exited by itself.</summary>
    public string? Signal => OperatingSystem.IsWindows() ? null : Signals.GetValueOrDefault(ExitCode - 128);

    /// <summary>What happened, as the end of a sentence.</summary>
    public override string ToString() => Signal is null ? $"exited with code {ExitCode}" : $"was killed by {Signal}";
}
