using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Formatting;
using Multiprocessing.Notebooks.Listing;

namespace Multiprocessing.Interactive.Commands;

/// <summary><c>#!kill-workers</c>: ends all workers, with the processes that they have started.</summary>
internal static class KillWorkersCommand
{
    public static KernelActionDirective Directive => new("#!kill-workers", "작업 프로세스를 모두 바로 끝냅니다. Ends all worker processes at once; a pool starts new ones with its next call.");

    public static async Task RunAsync(KernelCommand command, KernelInvocationContext context)
    {
        context.DisplayAs(await WorkerCommands.KillAllAsync().ConfigureAwait(false), PlainTextFormatter.MimeType);
    }
}
