using Multiprocessing.Connections;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Queues;

/// <summary>Where those wait, in every process, who wait for a change of a queue, and how. Thread-safe and process-safe.</summary>
/// <param name="segment">That of the queue.</param>
/// <param name="state">The queue's, in it.</param>
/// <param name="context">The process's.</param>
internal sealed unsafe class QueueChanges(Segment segment, QueueState* state, SerializationContext context)
{
    /// <summary>Where consumers wait for an item, or for the end.</summary>
    public SharedEvent ForItems => new(&state->ForItems, segment);

    /// <summary>Where producers wait for room, or for the end.</summary>
    public SharedEvent ForRoom => new(&state->ForRoom, segment);

    /// <summary>Where those wait who wait until everything has been done.</summary>
    public SharedEvent ForIdle => new(&state->ForIdle, segment);

    /// <summary>Wakes all that wait, in every process: something has changed that is no item and no room.</summary>
    public void WakeAll()
    {
        ForItems.Set();
        ForRoom.Set();
        ForIdle.Set();
    }

    /// <summary>Waits, without a lock, until it is worth another try.</summary>
    /// <param name="core">The queue.</param>
    /// <param name="aim">What is waited for.</param>
    /// <param name="call">Whose call it is, and how long it waits.</param>
    /// <returns>False if the time was up before.</returns>
    public bool Wait(QueueCore core, QueueAim aim, in QueueCall call)
    {
        if (call.Deadline.IsOver)
        {
            return false;
        }

        SpinBudget budget = new(SpinBudget.Usual);
        while (budget.Spin())
        {
            if (core.IsReady(aim))
            {
                return true;
            }
        }

        return Sleep(new QueueLook(core, aim, call), aim, call);
    }

    /// <summary>Waits until a look says so, or the time is up, without blocking a thread.</summary>
    /// <param name="aim">What is waited for.</param>
    /// <param name="isReady">The look.</param>
    /// <param name="call">Whose call it is, and how long it waits.</param>
    public Task WaitAsync(QueueAim aim, Func<bool> isReady, in QueueCall call) =>
        segment.Memory.Waiter.WaitAsync(new AsyncWait(Of(aim), isReady, call.Deadline), call.Cancellation, context.Notebook.Stop);

    private SharedEvent Of(QueueAim aim) => aim switch
    {
        QueueAim.Item => ForItems,
        QueueAim.Room => ForRoom,
        _ => ForIdle,
    };

    private bool Sleep(QueueLook look, QueueAim aim, in QueueCall call)
    {
        SharedEvent change = Of(aim);
        Cancellation cancellation = new(call.Cancellation, context.Notebook.Stop);
        using CancellationRegistration registration = cancellation.Register(static changes => ((QueueChanges)changes!).WakeAll(), this);
        while (true)
        {
            int ticket = change.PrepareWait();
            if (look.IsReady())
            {
                return true;
            }

            cancellation.ThrowIfRequested();
            if (call.Deadline.IsOver)
            {
                return false;
            }

            change.Wait(ticket, call.Deadline.NextSleep);
        }
    }
}
