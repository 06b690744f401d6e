using Multiprocessing.Hosts;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// Waits for items on behalf of all that wait asynchronously on one object: one thread, as long as somebody does. Thread-safe.
/// </summary>
internal sealed class ItemWatch(QueueCore core, QueueHandle handle)
{
    /// <summary>How long the thread stays after the last one, since the next one often comes soon.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private List<TaskCompletionSource> _waiting = [];
    private bool _isRunning;

    /// <summary>Ends when there may be an item, or none any more; fails if there is no point in waiting.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Cancellation cancellation = new(cancellationToken);
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(waiting);
            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "ProcessQueue" }.UnsafeStart();
            }

            Monitor.Pulse(_gate);
        }

        using (cancellation.Register(_ => waiting.TrySetCanceled(cancellation.Cause), null))
        {
            await waiting.Task.ConfigureAwait(false);
        }
    }

    private void Run()
    {
        while (AnybodyWaits())
        {
            Exception? error = null;
            try
            {
                core.WaitForItem(new QueueCall(handle, WaitDeadline.Never));
            }
#pragma warning disable CA1031 // The root of a thread: whoever waits is told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = e;
            }

            foreach (TaskCompletionSource waiting in TakeAll())
            {
                if (error is null)
                {
                    waiting.TrySetResult();
                }
                else
                {
                    waiting.TrySetException(error);
                }
            }
        }
    }

    private bool AnybodyWaits()
    {
        lock (_gate)
        {
            return _waiting.Count > 0 || (Monitor.Wait(_gate, Rest) && _waiting.Count > 0) || (_isRunning = _waiting.Count > 0);
        }
    }

    private List<TaskCompletionSource> TakeAll()
    {
        lock (_gate)
        {
            List<TaskCompletionSource> all = _waiting;
            _waiting = [];
            return all;
        }
    }
}
