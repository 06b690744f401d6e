using NotebookRunner.Execution;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>A kernel that is measured, ours or another, in the folder of the chapter's notebooks.</summary>
internal sealed class KernelProgram(Func<string, KernelCommandLine> commandLine)
{
    /// <summary>The kernel inside NotebookRunner.</summary>
    public static KernelProgram Ours { get; } = new(static _ => KernelCommandLine.Embedded);

    /// <summary>The notebooks.</summary>
    /// <exception cref="InvalidOperationException">This program does not lie in the repository.</exception>
    public static string Folder => NotebookFiles.FindRepository(AppContext.BaseDirectory) is { } repository
        ? Path.Combine(repository, NotebookFiles.FolderName)
        : throw new InvalidOperationException($"there is no folder '{NotebookFiles.FolderName}' above '{AppContext.BaseDirectory}': run the program where it has been built");

    /// <summary>Starts one, and waits until it says that it is ready.</summary>
    public Task<KernelProcess> StartAsync(CancellationToken cancellationToken) => KernelProcess.StartAsync(commandLine(Folder), Folder, cancellationToken);
}
