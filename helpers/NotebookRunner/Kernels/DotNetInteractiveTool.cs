using System.ComponentModel;
using System.Diagnostics;
using NotebookRunner.Programs;

namespace NotebookRunner.Kernels;

/// <summary>The .NET Interactive tool on this machine.</summary>
internal static class DotNetInteractiveTool
{
    /// <summary>What to do when there is none.</summary>
    internal const string Remedy =
        "no .NET Interactive runs here: install the version that the repository pins with 'dotnet tool restore', or one for all folders with 'dotnet tool install --global Microsoft.dotnet-interactive'";

    /// <summary>The environment variable that names the tool to compare with, where it is not installed for all: in our tests and benchmarks.</summary>
    internal const string Variable = "DOTNET_INTERACTIVE_KERNEL";

    private const string Command = "dotnet-interactive";

    /// <summary>How to call the tool that the <see cref="Variable"/> names; empty if it names none.</summary>
    internal static IReadOnlyList<string> Named => (Environment.GetEnvironmentVariable(Variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// How to call it: the installed program, on the PATH or in the folder of the user's tools; else the SDK, which knows the tool that is pinned in <c>.config/dotnet-tools.json</c>. Not the SDK at
    /// once: it would insist on the pinned one, installed or not.
    /// </summary>
    internal static IReadOnlyList<string> Find()
    {
        string userTools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", SearchPath.FileName(Command));
        return SearchPath.Candidates(Command).Append(userTools).FirstOrDefault(File.Exists) is { } installed ? [installed] : ["dotnet", "tool", "run", Command, "--"];
    }

    /// <summary>Which version it is, for instance <c>1.0.712001</c>.</summary>
    /// <param name="command">How it is called.</param>
    /// <param name="workingDirectory">Where: the SDK looks for the pinned one from here upward.</param>
    /// <exception cref="KernelStartException">It is not there.</exception>
    internal static string FindVersion(IReadOnlyList<string> command, string workingDirectory)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "--version"])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var tool = Process.Start(start)!;
            tool.ErrorDataReceived += (_, _) => { };
            tool.BeginErrorReadLine();
            string output = tool.StandardOutput.ReadToEnd();
            tool.WaitForExit();
            return tool.ExitCode == 0 ? output.Trim().Split('+')[0] : throw new KernelStartException($"{Remedy} ('{string.Join(' ', command)}' ended with exit code {tool.ExitCode})");
        }
        catch (Win32Exception exception)
        {
            throw new KernelStartException($"{Remedy} ('{command[0]}': {exception.Message})", exception);
        }
    }
}
