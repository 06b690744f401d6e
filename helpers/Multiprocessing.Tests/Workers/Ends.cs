namespace Multiprocessing.Tests.Workers;

/// <summary>How a process is seen to have ended that did not exit by itself: by a signal on Unix, with the number of an error on Windows.</summary>
internal static class Ends
{
    /// <summary>By <see cref="System.Diagnostics.Process.Kill()"/>.</summary>
    public static (int ExitCode, string? Signal) Killed { get; } = OperatingSystem.IsWindows() ? (-1, null) : (137, "SIGKILL");

    /// <summary>By <see cref="Environment.FailFast(string)"/>.</summary>
    public static (int ExitCode, string? Signal) FailedFast { get; } = OnWindows(0x8013_1623);

    /// <summary>By an exception that nobody catches.</summary>
    public static (int ExitCode, string? Signal) Threw { get; } = OnWindows(0xE043_4352);

    /// <summary>By a stack that overflows.</summary>
    public static (int ExitCode, string? Signal) Overflowed { get; } = OnWindows(0xC000_00FD);

    private static (int ExitCode, string? Signal) OnWindows(uint error) => OperatingSystem.IsWindows() ? ((int)error, null) : (134, "SIGABRT");
}
