using NotebookRunner.Kernels.Embedded;

namespace Microsoft.DotNet.Interactive;

/// <summary>The run of a cell, for code that wants to know whether it was cancelled.</summary>
public sealed class KernelInvocationContext
{
    private readonly RunningCell _cell;

    internal KernelInvocationContext(RunningCell cell) => _cell = cell;

    /// <summary>The run that the calling code is part of; null outside of any.</summary>
    public static KernelInvocationContext? Current => RunningCell.Current?.Context;

    /// <summary>Cancelled with the cell.</summary>
    public CancellationToken CancellationToken => _cell.CancellationToken;
}
