using Multiprocessing.Workers.Launching;

namespace NotebookRunner.Kernels;

/// <summary>How a process ended.</summary>
internal sealed record ExitStatus(int ExitCode)
{
    /// <summary>Whether it ended under Windows, which has other codes.</summary>
    public bool IsOfWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>The signal's name; null if the process exited by itself. .NET reports a death by signal as shells do: 128 and the signal's number.</summary>
    public string? Signal => IsOfWindows ? null : SignalNames.Find(ExitCode - 128);

    /// <summary>The signal, or the exit code, by itself.</summary>
    public string Cause => Signal ?? $"exit code {(IsOfWindows ? WindowsExitCodes.Describe(ExitCode) : $"{ExitCode}")}";

    /// <summary>What happened, as the end of a sentence.</summary>
    public override string ToString() => Signal is not null ? $"was killed by {Signal}" : IsOfWindows ? WindowsExitCodes.DescribeEnd(ExitCode) : $"exited with code {ExitCode}";
}
