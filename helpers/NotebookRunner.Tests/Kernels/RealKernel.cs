using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The real .NET Interactive, where there is one.</summary>
internal static class RealKernel
{
    /// <summary>Names the command that starts it, for instance <c>dotnet /somewhere/Microsoft.DotNet.Interactive.App.dll</c>.</summary>
    public const string Variable = DotNetInteractiveTool.Variable;

    private static readonly IReadOnlyList<string> Command = FindCommand();

    public static bool IsThere => Command.Count > 0;

    /// <summary>Of the tool.</summary>
    public static string Version => DotNetInteractiveTool.FindVersion(Command, AppContext.BaseDirectory);

    public static KernelCommandLine CommandLine(string workingDirectory) => KernelCommandLine.DotNetInteractive(workingDirectory, Command);

    private static IReadOnlyList<string> FindCommand()
    {
        if (DotNetInteractiveTool.Named is { Count: > 0 } named)
            return named;
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        string installed = Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive");
        return File.Exists(installed) ? [installed] : [];
    }
}
