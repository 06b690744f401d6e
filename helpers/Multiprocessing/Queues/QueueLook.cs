using System.Globalization;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>What one that waits at a queue looks at, again and again: whether it has come about, and whether there is any point in waiting.</summary>
/// <param name="core">The queue.</param>
/// <param name="aim">What it waits for.</param>
/// <param name="call">Whose call it is.</param>
internal sealed class QueueLook(QueueCore core, QueueAim aim, QueueCall call)
{
    private WaitDeadline _nextSearch = WaitDeadline.Never.NextSlice;
    private AbandonmentDetector _abandonment = new(core.Users);

    /// <summary>Looks.</summary>
    /// <exception cref="InvalidOperationException">Nobody is left who could bring it about.</exception>
    /// <exception cref="EndOfStreamException">Nobody is left at the other end of the pipe.</exception>
    /// <exception cref="ObjectDisposedException">The queue is gone.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public bool IsReady()
    {
        // Asked first: what was sent before the end is received.
        bool isOtherEndGone = call.OtherEnd is { IsGone: true };
        if (core.IsReady(aim))
        {
            return true;
        }

        call.ThrowIfEnded();
        core.ThrowIfClosed();
        if (isOtherEndGone)
        {
            throw new EndOfStreamException();
        }

        if (_nextSearch.IsOver)
        {
            // A worker that has ended could not close what it had made; but its name is gone.
            core.ThrowIfLost();
            core.ReturnDead();
            if (core.IsReady(aim))
            {
                return true;
            }

            if (call.OtherEnd is null && !core.HasDone(aim) && _abandonment.FindCause() is { } death)
            {
                throw NobodyLeft(death);
            }

            _nextSearch = WaitDeadline.Never.NextSlice;
        }

        return false;
    }

    private InvalidOperationException NobodyLeft(int death)
    {
        (string deed, string advice) = aim switch
        {
            QueueAim.Item => ("enqueue anything", ", or complete the queue with CompleteAdding before it is waited for"),
            QueueAim.Room => ("dequeue anything", ", or complete the queue with CompleteAdding before it is waited for"),
            _ => ("take and acknowledge what is left", ""),
        };
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"Nobody is left to {deed}: every other process that had this queue has ended, and process {death} before its work was done. Join it to see why{advice}."));
    }
}
