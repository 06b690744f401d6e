using NotebookRunner.Execution;
using NotebookRunner.Pictures;

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

    /// <summary>What draws pictures of charts that come from scripts; null for none.</summary>
    internal ChartPainter? Painter { get; init; }

    /// <summary>The kernels to run them in.</summary>
    internal required KernelOptions Kernels { get; init; }
}
