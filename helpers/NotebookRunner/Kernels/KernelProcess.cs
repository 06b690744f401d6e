namespace NotebookRunner.Kernels;

/// <summary>A kernel in a process of its own, driven over .NET Interactive's stdio protocol. Cells run one after another.</summary>
internal sealed class KernelProcess : IAsyncDisposable
{
    /// <summary>Starts a kernel and waits until it is ready.</summary>
    /// <param name="commandLine">The kernel to start.</param>
    /// <param name="workingDirectory">The kernel's current directory: the folder of the notebook.</param>
    /// <param name="cancellationToken">Gives up waiting; no process is left behind.</param>
    /// <exception cref="KernelStartException">There is no such program, or it ended before it was ready.</exception>
    public static Task<KernelProcess> StartAsync(
        KernelCommandLine commandLine, string workingDirectory, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Runs one cell.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="onEvent">Called for each event while the cell runs, in order, never concurrently; null if nobody watches.</param>
    /// <param name="cancellationToken">Asks the kernel to cancel the cell; a kernel that does not react is killed.</param>
    /// <exception cref="KernelDiedException">The kernel's process ended.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public Task<CellResult> ExecuteAsync(string code, Action<KernelEvent>? onEvent = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Ends the kernel, by force if need be, with every process that it started.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
