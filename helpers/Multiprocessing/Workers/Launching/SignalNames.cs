using System.Globalization;

namespace Multiprocessing.Workers.Launching;

/// <summary>The names of the signals that end processes. The numbers are the same on Linux and macOS, but for SIGBUS.</summary>
internal static class SignalNames
{
    public static string Of(int signal) => Find(signal) ?? string.Create(CultureInfo.InvariantCulture, $"signal {signal}");

    /// <summary>The name, if it is one of those that are known to end processes.</summary>
    public static string? Find(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 when OperatingSystem.IsLinux() => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        10 when OperatingSystem.IsMacOS() => "SIGBUS",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        _ => null,
    };
}
