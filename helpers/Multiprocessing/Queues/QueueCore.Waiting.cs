using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Hosts;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <content>
/// How one side waits for the other: it looks for a while, since what comes soon comes sooner than a sleeper wakes, and then sleeps in the kernel, a slice at a time. No lock is held.
/// </content>
internal sealed unsafe partial class QueueCore
{
    /// <summary>Waits, on another thread's behalf, until an item can be there.</summary>
    public void WaitForItem(in QueueCall call) => _ = Wait(forItems: true, call);

    /// <summary>Wakes all that wait, in every process: something has changed that is no item and no room.</summary>
    public void WakeAll()
    {
        ForItems.Set();
        ForRoom.Set();
    }

    /// <summary>Waits until it is worth another try.</summary>
    /// <returns>False if the time was up before.</returns>
    private bool Wait(bool forItems, in QueueCall call)
    {
        bool worthIt = !call.Deadline.IsOver && (Look(forItems) || Sleep(forItems, call));
        GC.KeepAlive(this);
        return worthIt;
    }

    private bool Look(bool forItems)
    {
        SpinBudget budget = new(SpinBudget.Usual);
        while (budget.Spin())
        {
            if (IsReady(forItems))
            {
                return true;
            }
        }

        return false;
    }

    private bool Sleep(bool forItems, in QueueCall call)
    {
        SharedEvent change = forItems ? ForItems : ForRoom;
        Cancellation cancellation = new(call.Cancellation);
        using CancellationRegistration registration = cancellation.Register(static core => ((QueueCore)core!).WakeAll(), this);
        long begin = Stopwatch.GetTimestamp();
        TimeSpan nextLook = WaitDeadline.Slice;
        AbandonmentDetector abandonment = new(_users);
        while (true)
        {
            int ticket = change.PrepareWait();
            if (IsReady(forItems))
            {
                return true;
            }

            call.ThrowIfEnded();
            cancellation.ThrowIfRequested();
            bool isTimeToLook = Stopwatch.GetElapsedTime(begin) >= nextLook;

            // A worker that has ended could not close what it had made; but its name is gone.
            if (_segment.IsClosed || (isTimeToLook && Segment.Locate(_segment.Path) is null))
            {
                throw SegmentParts.Gone();
            }

            if (isTimeToLook)
            {
                if (!(forItems ? _hasEnqueued : _hasDequeued) && abandonment.FindCause() is { } death)
                {
                    throw NobodyLeft(forItems, death);
                }

                nextLook = Stopwatch.GetElapsedTime(begin) + WaitDeadline.Slice;
            }

            if (call.Deadline.IsOver)
            {
                return false;
            }

            change.Wait(ticket, call.Deadline.NextSleep);
        }
    }

    private bool IsReady(bool forItems) =>
        IsAddingCompleted || (forItems ? !IsEmpty : _state->Tail.ReadCount() - _state->Head.ReadCount() < _state->Capacity);

    private static InvalidOperationException NobodyLeft(bool forItems, int death) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Nobody is left to {(forItems ? "enqueue" : "dequeue")} anything: every other process that had this queue has ended, and process {death} before its work was done. Join it to see why, or complete the queue with CompleteAdding before it is waited for."));
}
