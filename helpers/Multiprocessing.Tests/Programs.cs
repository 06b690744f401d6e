using System.Diagnostics;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests;

/// <summary>Programs that every system has, or verbs of the misbehaving program where one does not.</summary>
internal static class Programs
{
    /// <summary>Starts one that sleeps.</summary>
    public static Process Sleep(int seconds) => OperatingSystem.IsWindows() ? MisbehavingProgram.Run($"sleep {seconds}") : Process.Start("sleep", [$"{seconds}"]);

    /// <summary>Starts one that prints a word and a line feed.</summary>
    public static Process Echo(string word) => OperatingSystem.IsWindows() ? MisbehavingProgram.Run($"echo {word}") : Process.Start("echo", [word]);

    /// <summary>Starts one that prints <c>yes</c> on lines of its own, for ever.</summary>
    public static Process Yes() => OperatingSystem.IsWindows() ? MisbehavingProgram.Run("yes") : Process.Start("yes", ["yes"]);
}
