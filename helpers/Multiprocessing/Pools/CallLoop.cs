using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Memory;

namespace Multiprocessing.Pools;

/// <summary>
/// Runs a call to its end on the calling thread: takes workers from the pool, feeds them, takes their replies, and gives them back as soon as they have nothing
/// to do or another call has none. No code of the user's runs here, so that a call never waits for itself.
/// </summary>
internal sealed class CallLoop(WorkerSet workers, PoolCall call, Cancellation cancellation)
{
    /// <summary>A lost wake-up, or a deadline of the call, costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly List<Lease> _leases = [];

    /// <summary>Whether it has no worker at all.</summary>
    public bool HasNone => _leases.Count == 0;

    /// <summary>Runs the call.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what ran for it has been ended.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public void Run()
    {
        using CancellationRegistration registration = cancellation.Register(static wakeup => ((CallEvent)wakeup!).Set(), workers.Wakeup);
        try
        {
            SpinBudget spinning = new(SpinBudget.Usual);
            while (!call.IsFinished)
            {
                if (Step())
                {
                    spinning = new SpinBudget(SpinBudget.Among(_leases.Count + 1));
                }
                else if (!spinning.Spin())
                {
                    int seen = workers.Wakeup.PrepareWait();
                    if (!Step())
                    {
                        workers.Wakeup.Wait(seen, CanRebalance && _leases.Exists(static lease => lease.Worker.HasSpare) ? PoolWorker.LongTask : Slice);
                    }

                    spinning = new SpinBudget(SpinBudget.Among(_leases.Count + 1));
                }
            }
        }
        finally
        {
            // Nobody wants what still runs: the call was cancelled, or has failed.
            foreach (Lease lease in _leases.Where(static lease => lease.Worker.Batches.Count > 0))
            {
                lease.Worker.Kill(silently: cancellation.Stop.IsCancellationRequested);
            }

            workers.Leave(this);
            while (_leases.Count > 0)
            {
                GiveBack(_leases.Count - 1);
            }

            workers.Finish(call.Id);
        }
    }

    private bool Step()
    {
        cancellation.ThrowIfRequested();
        workers.ThrowIfDisposed();
        bool moved = Receive();
        moved |= Feed();
        moved |= Take();
        return moved || Rebalance();
    }

    private bool Receive()
    {
        bool moved = false;
        for (int i = _leases.Count - 1; i >= 0; i--)
        {
            PoolWorker worker = _leases[i].Worker;

            // Asked before the last look at its replies: nothing comes after its end.
            bool ended = worker.HasEnded;
            while (worker.TryReceive(out Reply reply))
            {
                moved = true;
                if (call.Owns(worker, reply.Batch))
                {
                    call.Receive(worker, reply);
                }
            }

            if (ended)
            {
                moved = true;
                call.Lose(worker, worker.Error ?? WorkerSet.Disposed());
                GiveBack(i);
            }
        }

        return moved;
    }

    private bool Feed()
    {
        bool moved = false;
        bool generous = workers.IsWanted;
        for (int i = _leases.Count - 1; i >= 0; i--)
        {
            PoolWorker worker = _leases[i].Worker;
            while (!generous && worker.TasksLeft > 0 && call.HasWork && call.Feed(worker))
            {
                moved = true;
            }

            moved |= worker.Connection.Channel.Push();
            if (worker.Batches.Count == 0)
            {
                GiveBack(i);
                moved = true;
            }
        }

        return moved;
    }

    private bool Take()
    {
        if (!call.HasWork)
        {
            workers.Leave(this);
            return false;
        }

        bool moved = false;
        while (call.HasWork && workers.TryTake(this) is { } worker)
        {
            moved = true;
            _leases.Add(new Lease(worker, workers.Host.Output.BeginWait(worker.Connection)));
            worker.Attend();
            call.Feed(worker);
        }

        return moved;
    }

    private bool CanRebalance => !call.HasWork && workers.HasIdle;

    /// <summary>With nothing left to hand out and a worker that has nothing to do, those that have too much share.</summary>
    private bool Rebalance() => CanRebalance && _leases.Exists(lease => call.TakeBack(lease.Worker));

    private void GiveBack(int index)
    {
        Lease lease = _leases[index];
        _leases.RemoveAt(index);
        lease.Worker.ForgetEnded();
        lease.Worker.Leave();
        lease.Output.Dispose();
        workers.Return(lease.Worker);
    }

    private sealed record Lease(PoolWorker Worker, OutputWait Output);
}
