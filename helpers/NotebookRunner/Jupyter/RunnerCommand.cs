using NotebookRunner.Kernels;
using NotebookRunner.Programs;

namespace NotebookRunner.Jupyter;

/// <summary>How another program starts this one again, from anywhere.</summary>
internal static class RunnerCommand
{
    // Where .NET keeps the tools that it has installed, each version in a folder of its own, beside the files by which their users call them.
    private const string Store = ".store";

    /// <summary>
    /// The program and the arguments before the verb. A tool of .NET is called by the file that stays where it is when the tool is updated; all else by the assembly.
    /// </summary>
    internal static IReadOnlyList<string> Words => Tool is { } tool ? [tool] : [DotNetHost.Path, "exec", typeof(RunnerCommand).Assembly.Location];

    /// <summary>Where the tool's own program finds .NET; null where <c>dotnet</c> itself is called.</summary>
    internal static string? DotNetRoot => Tool is null ? null : Path.GetDirectoryName(DotNetHost.Path) is { Length: > 0 } root ? root : null;

    private static string? Tool
    {
        get
        {
            string? folder = Path.GetDirectoryName(typeof(RunnerCommand).Assembly.Location);
            while (folder is not null && Path.GetFileName(folder) != Store)
                folder = Path.GetDirectoryName(folder);
            return Path.GetDirectoryName(folder) is { } tools && Path.Combine(tools, SearchPath.FileName("notebook-runner")) is var tool && File.Exists(tool) ? tool : null;
        }
    }
}
