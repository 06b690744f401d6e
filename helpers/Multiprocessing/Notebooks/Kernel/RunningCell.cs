using System.Collections;
using System.Reflection;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>A cell of a notebook while it runs, as far as calls of ours are concerned: whether the reader has stopped it. Thread-safe.</summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing, and calls of the cell may ask it as long as they run.
internal sealed class RunningCell
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<StoppedThreads> _threads;

    /// <param name="context">The kernel's context of the cell.</param>
    /// <param name="threads">Is told of the stop, before it takes effect.</param>
    public RunningCell(object context, Lazy<StoppedThreads> threads)
    {
        _threads = threads;
        try
        {
            if (Get(context, "CancellationToken") is CancellationToken cancelled)
            {
                cancelled.UnsafeRegister(OnCancelled, context);
            }
        }
        catch (ObjectDisposedException)
        {
            // It has ended; a thread of it goes on, which nobody can stop.
        }
    }

    /// <summary>Cancelled when the cell is stopped: at once, if it has been.</summary>
    public CancellationToken Stop => _stopping.Token;

    // .NET Interactive cancels what belongs to a cell when it has failed, too. An exception is no reason to end what the cell has started.
    private void OnCancelled(object? context)
    {
        try
        {
            if (!HasFailed(context!))
            {
                _threads.Value.Add(_stopping.Token);
                _stopping.Cancel();
            }
        }
#pragma warning disable CA1031 // The kernel is in the middle of stopping the cell. It must get on with it, or no cell runs any more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>
    /// Whether the kernel has said, last of all, that the cell has failed - and not that it was stopped, which it says too, before a cell that was stopped early gets to ask for the first time. The
    /// list is not made for several threads, and those of the cell may be adding to it just now: it can be asked for its last element, and not be enumerated.
    /// </summary>
    private static bool HasFailed(object context) =>
        Get(context, "Result") is { } result && Get(result, "Events") is IList { Count: > 0 and int count } events
        && events[count - 1] is { } last && last.GetType().Name == "CommandFailed" && Get(last, "Message") is not "Command cancelled.";

    private static object? Get(object owner, string property) =>
        owner.GetType().GetProperty(property)?.GetValue(owner, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
}
