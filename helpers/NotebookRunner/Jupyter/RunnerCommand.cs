using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>How another program starts this one again, from anywhere.</summary>
internal static class RunnerCommand
{
    /// <summary>
    /// The program and the arguments before the verb. A tool of .NET is called by the file that stays where it is when the tool is updated; all else by the assembly.
    /// </summary>
    internal static IReadOnlyList<string> Words => Shim is { } shim ? [shim] : [DotNetHost.Path, "exec", typeof(RunnerCommand).Assembly.Location];

    /// <summary>Where the tool's own program finds .NET; null where <c>dotnet</c> itself is called.</summary>
    internal static string? DotNetRoot => Shim is null ? null : Path.GetDirectoryName(DotNetHost.Path) is { Length: > 0 } root ? root : null;

    private static string? Shim =>
        Environment.ProcessPath is { } program && !Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? program : null;
}
