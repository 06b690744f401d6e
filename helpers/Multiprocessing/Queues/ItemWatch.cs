using Multiprocessing.Connections;
using Multiprocessing.Memory;

namespace Multiprocessing.Queues;

/// <summary>
/// Waits for items on behalf of all that wait asynchronously on one object: one thread, as long as somebody does. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A source of cancellation without a timer holds nothing.
internal sealed class ItemWatch(QueueCore core, QueueHandle handle)
{
    /// <summary>How long the thread stays after the last one, since the next one often comes soon.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private bool _isRunning;

    /// <summary>Cancelled when all that the thread waits for have gone; null while it does not wait for an item.</summary>
    private CancellationTokenSource? _wait;

    /// <summary>Ends when there may be an item, or none any more; fails if there is no point in waiting.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Cancellation cancellation = new(cancellationToken, core.Context.Notebook.Stop);
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(waiting);
        try
        {
            using (cancellation.Register(_ => waiting.TrySetCanceled(cancellation.Cause), null))
            {
                await waiting.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            Remove(waiting);
        }
    }

    private void Add(TaskCompletionSource waiting)
    {
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
    }

    private void Remove(TaskCompletionSource waiting)
    {
        CancellationTokenSource? wait = null;
        lock (_gate)
        {
            if (_waiting.Remove(waiting) && _waiting.Count == 0)
            {
                wait = _wait;
            }
        }

        wait?.Cancel();
    }

    private void Run()
    {
        while (TryBegin() is { } wait)
        {
            Exception? error = null;
            try
            {
                core.WaitForItem(new QueueCall(handle, WaitDeadline.Never, wait.Token));
            }
            catch (OperationCanceledException) when (wait.IsCancellationRequested)
            {
                // Whoever has come meanwhile is waited for anew.
                continue;
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

    /// <summary>Begins a wait if anybody waits, now or soon.</summary>
    private CancellationTokenSource? TryBegin()
    {
        lock (_gate)
        {
            _wait = null;
            if (_waiting.Count == 0 && !(Monitor.Wait(_gate, Rest) && _waiting.Count > 0))
            {
                _isRunning = _waiting.Count > 0;
            }

            return _isRunning ? _wait = new CancellationTokenSource() : null;
        }
    }

    private List<TaskCompletionSource> TakeAll()
    {
        lock (_gate)
        {
            List<TaskCompletionSource> all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }
}
