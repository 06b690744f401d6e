using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Multiprocessing.Notebooks.Listing;

namespace Multiprocessing.Interactive.Commands;

/// <summary><c>#!workers</c>: a table of the workers that live.</summary>
internal static class WorkersCommand
{
    public static KernelActionDirective Directive => new("#!workers", "살아 있는 작업 프로세스를 표로 보여 줍니다. Lists the live worker processes: id, cell, task, memory, CPU time.");

    public static Task RunAsync(KernelCommand command, KernelInvocationContext context)
    {
        KernelInvocationContextExtensions.Display(context, WorkerCommands.List());
        return Task.CompletedTask;
    }
}
