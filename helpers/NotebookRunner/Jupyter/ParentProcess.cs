using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace NotebookRunner.Jupyter;

/// <summary>The client that has started the kernel: without it nobody will ever end the kernel.</summary>
internal static class ParentProcess
{
    // Set by jupyter_client: the number of its process, or, on Windows, a handle of it.
    private const string Variable = "JPY_PARENT_PID";

    /// <summary>Completes when it has ended; never, if nobody has said who it is.</summary>
    internal static async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out long parent) || parent is 0 or 1)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        else if (OperatingSystem.IsWindows())
            await WaitForHandleAsync((nint)parent, cancellationToken);
        else
            await WaitForProcessAsync((int)parent, cancellationToken);
    }

    private static async Task WaitForProcessAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    private static async Task WaitForHandleAsync(nint handle, CancellationToken cancellationToken)
    {
        using ManualResetEvent ended = new(initialState: false);
        ended.SafeWaitHandle.Dispose();
        ended.SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
        TaskCompletionSource hasEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = ThreadPool.RegisterWaitForSingleObject(ended, (_, _) => hasEnded.TrySetResult(), null, Timeout.Infinite, executeOnlyOnce: true);
        try
        {
            await hasEnded.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            waiting.Unregister(null);
        }
    }
}
