using System.Globalization;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>What one that waits for an item or for room looks at, again and again: whether it is there, and whether there is any point in waiting.</summary>
/// <param name="core">The queue.</param>
/// <param name="forItems">Whether it waits for an item; else for room.</param>
/// <param name="call">Whose call it is.</param>
internal sealed class QueueLook(QueueCore core, bool forItems, QueueCall call)
{
    private WaitDeadline _nextSearch = WaitDeadline.Never.NextSlice;
    private AbandonmentDetector _abandonment = new(core.Users);

    /// <summary>Looks.</summary>
    /// <exception cref="InvalidOperationException">Nobody is left who could bring it about.</exception>
    /// <exception cref="ObjectDisposedException">The queue is gone.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public bool IsReady()
    {
        if (core.IsReady(forItems))
        {
            return true;
        }

        call.ThrowIfEnded();
        core.ThrowIfClosed();
        if (_nextSearch.IsOver)
        {
            // A worker that has ended could not close what it had made; but its name is gone.
            core.ThrowIfLost();
            if (!core.HasDone(forItems) && _abandonment.FindCause() is { } death)
            {
                throw NobodyLeft(death);
            }

            _nextSearch = WaitDeadline.Never.NextSlice;
        }

        return false;
    }

    private InvalidOperationException NobodyLeft(int death) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Nobody is left to {(forItems ? "enqueue" : "dequeue")} anything: every other process that had this queue has ended, and process {death} before its work was done. Join it to see why, or complete the queue with CompleteAdding before it is waited for."));
}
