namespace NotebookRunner.Execution;

/// <summary>A notebook on disk.</summary>
/// <param name="FullPath">Its absolute path.</param>
internal sealed record NotebookFile(string FullPath)
{
    /// <summary>The path as the user would type it here.</summary>
    internal string DisplayName { get; } = Display(FullPath);

    /// <summary>The file's name without folder and extension.</summary>
    internal string Name => Path.GetFileNameWithoutExtension(FullPath);

    private static string Display(string fullPath)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, fullPath);
        return relative.StartsWith("..", StringComparison.Ordinal) ? fullPath : relative;
    }
}
