using Multiprocessing.Connections;
using Multiprocessing.Connections.Calls;

namespace Multiprocessing.Pools;

/// <summary>
/// The calls without inputs that somebody awaits: one thread looks after all of them, as long as there are any. <see cref="RunAsync"/> is thread-safe.
/// </summary>
internal sealed class SingleCallQueue(WorkerSet workers) : PoolCall(workers.CountCall())
{
    private readonly Lock _gate = new();
    private readonly LinkedList<QueuedCall> _waiting = new();
    private readonly Dictionary<PoolWorker, QueuedCall> _running = [];
    private bool _isRunning;

    public override bool IsFinished
    {
        get
        {
            lock (_gate)
            {
                if (_waiting.Count == 0 && _running.Count == 0)
                {
                    _isRunning = false;
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
        QueuedCall run = new(workers, call, cancellation);
        lock (_gate)
        {
            _waiting.AddLast(run);
            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(RunAll) { IsBackground = true, Name = "Pool calls" }.UnsafeStart();
            }
        }

        run.WatchCancellation(() => workers.Wakeup.Set());
        workers.Wakeup.Set();
        return run.Completion;
    }

    public override bool Feed(PoolWorker worker)
    {
        QueuedCall run;
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

        try
        {
            run.Start(worker);
        }
        catch (NotShippableException e)
        {
            // It fails alone.
            lock (_gate)
            {
                _running.Remove(worker);
            }

            run.Complete(e);
        }

        return true;
    }

    public override bool Owns(PoolWorker worker, Batch batch) => _running.TryGetValue(worker, out QueuedCall? run) && run.Call.Owns(worker, batch);

    public override void Receive(PoolWorker worker, in Reply reply)
    {
        QueuedCall run = _running[worker];
        run.Call.Receive(worker, reply);
        lock (_gate)
        {
            _running.Remove(worker);
        }

        run.Stop(worker);
    }

    public override void Lose(PoolWorker worker, Exception error)
    {
        if (!_running.TryGetValue(worker, out QueuedCall? run))
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

    private void RunAll()
    {
        try
        {
            new CallLoop(workers, this, default).Run();
        }
#pragma warning disable CA1031 // The root of a thread: whatever goes wrong, whoever awaits a call is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            QueuedCall[] lost;
            lock (_gate)
            {
                lost = [.. _waiting, .. _running.Values];
                _waiting.Clear();
                _running.Clear();
                _isRunning = false;
            }

            Array.ForEach(lost, run => run.Complete(e));
        }
    }

    private void DropCancelled()
    {
        for (LinkedListNode<QueuedCall>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<QueuedCall>? next = node.Next;
            if (node.Value.IsCancelled)
            {
                _waiting.Remove(node);
                node.Value.Complete();
            }

            node = next;
        }
    }
}
