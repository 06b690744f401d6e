using NotebookRunner.Kernels;

namespace NotebookRunner.Execution;

/// <summary>What the user wants of the kernels that run the notebooks.</summary>
/// <param name="KernelFor">The kernel for notebooks in a given folder.</param>
/// <param name="CellTimeout">How long a cell may take; zero for as long as it likes.</param>
internal sealed record KernelOptions(Func<string, KernelCommandLine> KernelFor, TimeSpan CellTimeout);
