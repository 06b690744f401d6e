namespace NotebookRunner.Programs;

/// <summary>An environment variable that names a file.</summary>
internal static class PathVariable
{
    /// <summary>What it names; null if nothing.</summary>
    internal static string? Read(string name) =>
        // On Windows what stands behind 'set NAME=' is the value, the quotes around it included, and no path has any.
        Environment.GetEnvironmentVariable(name) is { } value && (OperatingSystem.IsWindows() ? value.Trim('"') : value) is { Length: > 0 } path ? path : null;
}
