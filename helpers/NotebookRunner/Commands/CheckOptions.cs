using NotebookRunner.Execution;

namespace NotebookRunner.Commands;

/// <summary>What the user asked <c>check</c> for.</summary>
internal sealed record CheckOptions
{
    /// <summary>Files and folders; none for the repository's notebooks.</summary>
    internal required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether to leave out what needs a run.</summary>
    internal bool StaticOnly { get; init; }

    /// <summary>Whether to run the solutions of exercises, too.</summary>
    internal bool Solutions { get; init; }

    /// <summary>The kernels to run them in.</summary>
    internal required KernelOptions Kernels { get; init; }
}
