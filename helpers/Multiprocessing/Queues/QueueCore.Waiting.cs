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
    /// <summary>A sleeper takes about this long to wake. Without a second processor nothing can come while one looks.</summary>
    private static readonly TimeSpan Looking = Environment.ProcessorCount == 1 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(50);

    /// <summary>After so long a sleeper finds out whether anybody is left who could end its waiting.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits, on another thread's behalf, until an item can be there.</summary>
    public void WaitForItem(in WaitDeadline deadline) => _ = Wait(forItems: true, deadline);

    /// <summary>Wakes all that wait, in every process: something has changed that is no item and no room.</summary>
    public void WakeAll()
    {
        ForItems.Set();
        ForRoom.Set();
    }

    /// <summary>Waits until it is worth another try.</summary>
    /// <returns>False if the time was up before.</returns>
    private bool Wait(bool forItems, in WaitDeadline deadline)
    {
        bool worthIt = !deadline.IsOver && (Look(forItems, deadline) || Sleep(forItems, deadline));
        GC.KeepAlive(this);
        return worthIt;
    }

    private bool Look(bool forItems, in WaitDeadline deadline)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int look = 1; Stopwatch.GetElapsedTime(begin) < Looking; look++)
        {
            if (IsReady(forItems))
            {
                return true;
            }

            // Whoever is to end this waiting may need this very processor.
            if (look % 8 == 0)
            {
                Thread.Yield();
            }
            else
            {
                Thread.SpinWait(5);
            }
        }

        return false;
    }

    private bool Sleep(bool forItems, in WaitDeadline deadline)
    {
        SharedEvent change = forItems ? ForItems : ForRoom;
        Cancellation cancellation = new(deadline.Cancellation);
        using CancellationRegistration registration = cancellation.Register(static core => ((QueueCore)core!).WakeAll(), this);
        long begin = Stopwatch.GetTimestamp();
        TimeSpan nextLook = Slice;
        AbandonmentDetector abandonment = new(_users);
        while (true)
        {
            int ticket = change.PrepareWait();
            if (IsReady(forItems))
            {
                return true;
            }

            deadline.ThrowIfEnded();
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

                nextLook = Stopwatch.GetElapsedTime(begin) + Slice;
            }

            if (deadline.IsOver)
            {
                return false;
            }

            change.Wait(ticket, deadline.LeftUpTo(Slice));
        }
    }

    private bool IsReady(bool forItems) =>
        IsAddingCompleted || (forItems ? !IsEmpty : _state->Tail.ReadCount() - _state->Head.ReadCount() < _state->Capacity);

    private static InvalidOperationException NobodyLeft(bool forItems, int death) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Nobody is left to {(forItems ? "enqueue" : "dequeue")} anything: every other process that had this queue has ended, and process {death} before its work was done. Join it to see why, or complete the queue with CompleteAdding before it is waited for."));
}
