using Microsoft.CodeAnalysis;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// Finds the files that cells load. A cell has a name that looks like a file's, for the sake of stack traces, but lies in no
/// folder: its paths start from the current directory.
/// </summary>
internal sealed class CellSourceResolver(string baseDirectory) : SourceFileResolver([], baseDirectory)
{
    /// <inheritdoc/>
    public override string? ResolveReference(string path, string? baseFilePath) =>
        base.ResolveReference(path, Path.IsPathFullyQualified(baseFilePath ?? "") ? baseFilePath : null);

    /// <inheritdoc/>
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathFullyQualified(path) ? base.NormalizePath(path, baseFilePath) : path;
}
