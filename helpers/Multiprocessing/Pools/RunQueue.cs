using Multiprocessing.Calls;
using Multiprocessing.Hosts;

namespace Multiprocessing.Pools;

/// <summary>
/// The calls without inputs that somebody awaits: one thread looks after all of them, as long as there are any. <see cref="RunAsync"/> is thread-safe.
/// </summary>
internal sealed class RunQueue(WorkerRoster roster) : PoolCall
{
    private readonly Lock _gate = new();
    private readonly LinkedList<QueuedRun> _waiting = new();
    private readonly Dictionary<PoolWorker, QueuedRun> _running = [];
    private bool _isPumping;

    public override bool IsFinished
    {
        get
        {
            lock (_gate)
            {
                if (_waiting.Count == 0 && _running.Count == 0)
                {
                    _isPumping = false;
                    return true;
                }

                return false;
            }
        }
    }

    public override bool HasWork
    {
        get
        {
            lock (_gate)
            {
                DropCancelled();
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Has a call run as soon as a worker is free.</summary>
    /// <exception cref="NotShippableException">The function needs something that cannot go.</exception>
    public Task<object?> RunAsync(Call call, Cancellation cancellation)
    {
        QueuedRun run = new(call, cancellation);
        lock (_gate)
        {
            _waiting.AddLast(run);
            if (!_isPumping)
            {
                _isPumping = true;
                new Thread(Pump) { IsBackground = true, Name = "Pool calls" }.UnsafeStart();
            }
        }

        run.WatchCancellation(() => roster.Wakeup.Set());
        roster.Wakeup.Set();
        return run.Completion;
    }

    public override bool Feed(PoolWorker worker)
    {
        QueuedRun run;
        lock (_gate)
        {
            DropCancelled();
            if (worker.Batches.Count > 0 || _waiting.First is not { } first)
            {
                return false;
            }

            run = first.Value;
            _waiting.RemoveFirst();
            _running.Add(worker, run);
        }

        run.Start(worker);
        return true;
    }

    public override bool Owns(PoolWorker worker, Batch batch) => _running.TryGetValue(worker, out QueuedRun? run) && run.Call.Owns(worker, batch);

    public override void Receive(PoolWorker worker, in Reply reply)
    {
        QueuedRun run = _running[worker];
        run.Call.Receive(worker, reply);
        lock (_gate)
        {
            _running.Remove(worker);
        }

        run.Stop(worker);
    }

    public override void Lose(PoolWorker worker, Exception error)
    {
        if (!_running.TryGetValue(worker, out QueuedRun? run))
        {
            return;
        }

        run.Call.Lose(worker, error);
        lock (_gate)
        {
            _running.Remove(worker);
            if (!run.Call.IsFinished && !run.IsCancelled)
            {
                _waiting.AddFirst(run);
            }
        }

        run.Stop(worker);
    }

    private void Pump()
    {
        try
        {
            new Pump(roster, this, default).Run();
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong, whoever awaits a call is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            QueuedRun[] lost;
            lock (_gate)
            {
                lost = [.. _waiting, .. _running.Values];
                _waiting.Clear();
                _running.Clear();
                _isPumping = false;
            }

            Array.ForEach(lost, run => run.Complete(e));
        }
    }

    private void DropCancelled()
    {
        for (LinkedListNode<QueuedRun>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<QueuedRun>? next = node.Next;
            if (node.Value.IsCancelled)
            {
                _waiting.Remove(node);
                node.Value.Complete();
            }

            node = next;
        }
    }
}
