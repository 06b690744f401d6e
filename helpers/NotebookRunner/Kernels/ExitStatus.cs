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

    // What Windows and .NET there end a process with that has not chosen a code itself.
    private static readonly Dictionary<uint, string> CodesOfWindows = new()
    {
        [0xC0000005] = "access violation", [0xC000001D] = "illegal instruction", [0xC0000017] = "out of memory", [0xC00000FD] = "stack overflow", [0xC000012D] = "out of memory",
        [0xC0000135] = "a DLL was not found", [0xC000013A] = "Ctrl-C, or its console was closed", [0xC0000142] = "a DLL could not be initialized", [0xC0000374] = "heap corruption",
        [0xC0000409] = "aborted by itself", [0xC0000602] = "Environment.FailFast", [0xE0434352] = "unhandled exception", [0x80131506] = "internal error of .NET", [0x80131623] = "Environment.FailFast",
    };

    /// <summary>Whether it ended under Windows, which has other codes.</summary>
    public bool IsOfWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>The signal's name; null if the process exited by itself.</summary>
    public string? Signal => IsOfWindows ? null : Signals.GetValueOrDefault(ExitCode - 128);

    /// <summary>The signal, or the exit code, by itself.</summary>
    public string Cause => Signal ?? $"exit code {Code}";

    // An NTSTATUS is looked up by its hexadecimal form.
    private string Code => !IsOfWindows ? $"{ExitCode}"
        : CodesOfWindows.TryGetValue((uint)ExitCode, out string? meaning) ? $"0x{(uint)ExitCode:X8}, {meaning}"
        : (uint)ExitCode >> 28 == 0xC ? $"0x{(uint)ExitCode:X8}"
        : $"{ExitCode}";

    /// <summary>What happened, as the end of a sentence.</summary>
    public override string ToString() => Signal is null ? $"exited with code {Code}" : $"was killed by {Signal}";
}
