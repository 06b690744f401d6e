using System.Diagnostics;

namespace Multiprocessing.Tests.Misbehaving;

/// <summary>Programs that every system has, or this one where one does not.</summary>
internal static class Programs
{
    /// <summary>Starts one that sleeps.</summary>
    public static Process Sleep(int seconds) =>
        OperatingSystem.IsWindows() ? Process.Start(Environment.ProcessPath!, [typeof(Programs).Assembly.Location, "sleep", $"{seconds}"]) : Process.Start("sleep", [$"{seconds}"]);
}
