using System.Diagnostics;
using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The real .NET Interactive, where there is one.</summary>
internal static class RealKernel
{
    /// <summary>Names the command that starts it, for instance <c>dotnet /somewhere/Microsoft.DotNet.Interactive.App.dll</c>.</summary>
    public const string Variable = "DOTNET_INTERACTIVE_KERNEL";

    private static readonly string[] Command = FindCommand();

    public static bool IsThere => Command.Length > 0;

    /// <summary>Of the tool.</summary>
    public static string Version
    {
        get
        {
            using Process tool = Process.Start(new ProcessStartInfo(Command[0], [.. Command.Skip(1), "--version"]) { RedirectStandardOutput = true })!;
            string version = tool.StandardOutput.ReadToEnd().Trim().Split('+')[0];
            tool.WaitForExit();
            return version;
        }
    }

    public static KernelCommandLine CommandLine(string workingDirectory) => KernelCommandLine.DotNetInteractive(workingDirectory, Command);

    private static string[] FindCommand()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } command)
            return command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        string installed = Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive");
        return File.Exists(installed) ? [installed] : [];
    }
}
