using NotebookRunner.Programs;

namespace NotebookRunner.Kernels;

/// <summary>The .NET Interactive tool on this machine.</summary>
internal static class DotNetInteractiveTool
{
    /// <summary>What to do when there is none.</summary>
    internal const string Remedy =
        "no .NET Interactive runs here: install the version that the repository pins with 'dotnet tool restore', or one for all folders with 'dotnet tool install --global Microsoft.dotnet-interactive'";

    private const string Command = "dotnet-interactive";

    /// <summary>
    /// How to call it: the installed program, on the PATH or in the folder of the user's tools; else the SDK, which knows the tool that is pinned in <c>.config/dotnet-tools.json</c>. Not the SDK at
    /// once: it would insist on the pinned one, installed or not.
    /// </summary>
    internal static IReadOnlyList<string> Find()
    {
        string userTools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", SearchPath.FileName(Command));
        return SearchPath.Candidates(Command).Append(userTools).FirstOrDefault(File.Exists) is { } installed ? [installed] : ["dotnet", "tool", "run", Command, "--"];
    }
}
