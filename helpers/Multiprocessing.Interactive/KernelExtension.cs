using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Multiprocessing.Interactive.Commands;

namespace Multiprocessing.Interactive;

/// <summary>
/// What .NET Interactive lets a library add to a notebook: the magic commands <c>#!workers</c> and <c>#!kill-workers</c>. <c>Multiprocessing</c> loads it by itself, with the first worker, if this
/// assembly lies beside it.
/// </summary>
public static class KernelExtension
{
    /// <summary>Adds the commands to the kernel whose cell is running, for the cells of all its languages. A second time, it does nothing. Thread-safe.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void Load()
    {
        Kernel kernel = KernelInvocationContext.Current?.HandlingKernel?.RootKernel ?? throw new InvalidOperationException("Load it in a cell of a notebook: no cell is running here.");
        lock (kernel.KernelInfo.SupportedDirectives)
        {
            Add(kernel, WorkersCommand.Directive, WorkersCommand.RunAsync);
            Add(kernel, KillWorkersCommand.Directive, KillWorkersCommand.RunAsync);
        }
    }

    private static void Add(Kernel kernel, KernelActionDirective directive, KernelCommandInvocation run)
    {
        if (kernel.KernelInfo.SupportedDirectives.All(known => known.Name != directive.Name))
        {
            kernel.AddDirective(directive, run);
        }
    }
}
