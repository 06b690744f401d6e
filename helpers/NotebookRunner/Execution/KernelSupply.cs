using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>
/// Gives each notebook a kernel of its own. While one notebook runs, the kernel of the next is already starting: much of the chapter's time is spent in waiting, which leaves a processor
/// to it.
/// </summary>
internal sealed class KernelSupply : IAsyncDisposable
{
    private readonly KernelOptions _options;
    private readonly Queue<string> _folders;
    private (string Folder, Task<KernelProcess> Kernel)? _next;

    /// <param name="options">What kernels the user wants.</param>
    /// <param name="notebooks">The notebooks that are going to run, in order.</param>
    internal KernelSupply(KernelOptions options, IEnumerable<NotebookFile> notebooks)
    {
        _options = options;
        _folders = new Queue<string>(notebooks.Select(FolderOf));
    }

    /// <summary>How long a cell may take; zero for as long as it likes.</summary>
    internal TimeSpan CellTimeout => _options.CellTimeout;

    /// <summary>A kernel that nobody has used, in the folder of the notebook. Belongs to the caller.</summary>
    /// <exception cref="KernelStartException">There is no kernel.</exception>
    internal async Task<KernelProcess> StartAsync(NotebookFile notebook, CancellationToken cancellationToken)
    {
        string folder = FolderOf(notebook);
        Task<KernelProcess> starting = TakeNext(folder) ?? StartIn(folder, cancellationToken);
        // Notebooks that cannot be run have never come here to ask.
        while (_folders.TryDequeue(out string? passed) && passed != folder)
        {
        }

        return await starting;
    }

    /// <summary>Begins to start the kernel of the next notebook, if there is one.</summary>
    internal void PrepareNext(CancellationToken cancellationToken)
    {
        if (_next is null && _folders.TryPeek(out string? next))
            _next = (next, StartIn(next, cancellationToken));
    }

    /// <summary>Ends the kernel that was started for a notebook that has not come.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_next is not { Kernel: var starting })
            return;
        _next = null;
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
            await (await starting).DisposeAsync();
    }

    private Task<KernelProcess>? TakeNext(string folder)
    {
        if (_next is not { } next || next.Folder != folder)
            return null;
        _next = null;
        return next.Kernel;
    }

    private Task<KernelProcess> StartIn(string folder, CancellationToken cancellationToken) =>
        KernelProcess.StartAsync(_options.KernelFor(folder), folder, cancellationToken);

    private static string FolderOf(NotebookFile notebook) => Path.GetDirectoryName(notebook.FullPath)!;
}
