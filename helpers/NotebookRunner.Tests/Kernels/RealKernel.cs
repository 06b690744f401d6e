using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The real .NET Interactive, where there is one.</summary>
internal static class RealKernel
{
    /// <summary>Names the command that starts it, for instance <c>dotnet /somewhere/Microsoft.DotNet.Interactive.App.dll</c>.</summary>
    public const string Variable = "DOTNET_INTERACTIVE_KERNEL";

    private static readonly string[] Command = FindCommand();

    public static bool IsThere => Command.Length > 0;

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
