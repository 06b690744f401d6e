using NotebookRunner.Kernels;

namespace NotebookRunner.Commands;

/// <summary>What the user asked <c>run</c> for.</summary>
internal sealed record RunOptions
{
    /// <summary>Files and folders; none for the repository's notebooks.</summary>
    internal required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The folder for results; null for the default.</summary>
    internal string? Out { get; init; }

    /// <summary>Whether to store the new outputs in the notebooks themselves as well.</summary>
    internal bool InPlace { get; init; }

    /// <summary>Whether to write handouts.</summary>
    internal bool Handouts { get; init; } = true;

    /// <summary>How long a cell may take; zero for as long as it likes.</summary>
    internal TimeSpan CellTimeout { get; init; }

    /// <summary>The kernel for notebooks in a given folder.</summary>
    internal required Func<string, KernelCommandLine> KernelFor { get; init; }
}
