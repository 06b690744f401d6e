using Microsoft.CodeAnalysis;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>A cell could not be run to its end. The message is all that its reader shall see.</summary>
internal sealed class CellFailedException(string message) : Exception(message)
{
    /// <summary>What the compiler found fault with, if that is why.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
