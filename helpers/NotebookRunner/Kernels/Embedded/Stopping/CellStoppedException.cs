namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>Ends code of a cell that its reader has stopped.</summary>
internal sealed class CellStoppedException(CancellationToken token) : OperationCanceledException("The cell has been stopped.", token);
