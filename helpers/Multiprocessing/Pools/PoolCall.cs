using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Diagnostics;
using Multiprocessing.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Pools;

/// <summary>
/// Something that a pool's workers are to do. Runs to its end on one thread: takes workers from the pool, feeds them, takes their replies, and gives them back as soon as they have nothing to do or
/// another call has none. Of the user's code it calls what packing inputs and rebuilding results take, and an input's ToString for a message, and no more, lest a call wait for itself. For that thread, except for what says otherwise.
/// </summary>
/// <param name="workers">The pool.</param>
/// <param name="operation">What kind of call it is, for whoever measures.</param>
/// <param name="function">Its function.</param>
internal abstract class PoolCall(WorkerSet workers, string operation, Delegate function)
{
    /// <summary>A lost wake-up, or a deadline of the call, costs no more than this.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly List<PoolWorker> _lent = [];

    /// <summary>The number of the call among those of its pool, above zero.</summary>
    public int Id { get; } = workers.CountCall();

    /// <summary>Is told how it goes on; null if nobody wants to know.</summary>
    protected CallRecord? Record { get; } = workers.Host.Telemetry.BeginCall(operation, function);

    /// <summary>The pool's process.</summary>
    protected WorkerHost Host => workers.Host;

    /// <summary>Whether it has no worker at all.</summary>
    public bool HasNone => _lent.Count == 0;

    /// <summary>Whether there is nothing more to wait for.</summary>
    protected abstract bool IsFinished { get; }

    /// <summary>Why it has ended otherwise than by returning; null if it has not.</summary>
    protected abstract Exception? Failure { get; }

    /// <summary>Whether there is a batch to hand out now.</summary>
    protected abstract bool HasWork { get; }

    /// <summary>Whether its function is told when it is cancelled, and ends by itself then.</summary>
    protected abstract bool IsCancellable { get; }

    private bool CanRebalance => !HasWork && workers.HasIdle;

    /// <summary>Runs it.</summary>
    /// <param name="cancellation">Ends it, and the workers that are at it, unless their function ends by itself when it is told.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what ran for it has been ended.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public virtual void Run(Cancellation cancellation)
    {
        bool isOver = false;
        using CancellationRegistration registration = cancellation.Register(static wakeup => ((CallEvent)wakeup!).Set(), workers.Wakeup);
        try
        {
            SpinBudget spinning = new(SpinBudget.Usual);
            while (!IsFinished)
            {
                bool moved = Step(cancellation);
                if (!moved && !spinning.Spin())
                {
                    int seen = workers.Wakeup.PrepareWait();
                    moved = Step(cancellation);
                    if (!moved)
                    {
                        workers.Wakeup.Wait(seen, CanRebalance && _lent.Exists(static worker => worker.HasSpare) ? PoolWorker.LongTask : Slice);
                    }
                }

                if (moved)
                {
                    // Not by itself after a wait: all calls of the pool are woken by what concerns one.
                    spinning = new SpinBudget(SpinBudget.Among(workers.Busy + 1));
                }
            }

            isOver = true;

            // Before whoever awaits the call goes on.
            Record?.End(Failure);
        }
        catch (Exception e)
        {
            Record?.End(e);
            throw;
        }
        finally
        {
            try
            {
                CancelGently();
            }
            finally
            {
                End(cancellation, failed: !isOver || Failure is not null);
            }
        }
    }

    /// <summary>Nobody wants what still runs: the call was cancelled, or has failed. Functions that have a token are told so, and have a while to end.</summary>
    private void CancelGently()
    {
        if (!IsCancellable || workers.Settings.Grace == TimeSpan.Zero)
        {
            return;
        }

        workers.Leave(this);
        foreach (PoolWorker worker in _lent.Where(static worker => worker.Batches.Count > 0))
        {
            worker.Connection.Cancel(Id);
        }

        long begin = Stopwatch.GetTimestamp();
        while (!workers.IsDisposed && _lent.Exists(static worker => !worker.HasEnded))
        {
            int seen = workers.Wakeup.PrepareWait();
            if (Discard())
            {
                continue;
            }

            TimeSpan left = workers.Settings.Grace - Stopwatch.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            workers.Wakeup.Wait(seen, left < Slice ? left : Slice);
        }
    }

    /// <summary>Takes what workers have still to say, and gives back those that have said all.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool Discard()
    {
        bool moved = false;
        for (int i = _lent.Count - 1; i >= 0; i--)
        {
            PoolWorker worker = _lent[i];
            while (worker.TryReceive(out Frame reply))
            {
                moved = true;
                worker.Discard(reply);
            }

            moved |= worker.Connection.Channel.Push();
            if (worker.Batches.Count == 0)
            {
                moved = true;
                GiveBack(i);
            }
        }

        return moved;
    }

    private void End(Cancellation cancellation, bool failed)
    {
        foreach (PoolWorker worker in _lent.Where(static worker => worker.Batches.Count > 0))
        {
            worker.Connection.Kill(silently: cancellation.Stop.IsCancellationRequested);
        }

        workers.Leave(this);
        while (_lent.Count > 0)
        {
            GiveBack(_lent.Count - 1);
        }

        workers.Finish(Id, failed);
    }

    /// <summary>Hands a batch to a worker.</summary>
    /// <returns>False if the worker should not have one (more) now.</returns>
    protected abstract bool Feed(PoolWorker worker);

    /// <summary>Takes what a worker says about the batch that it is at.</summary>
    protected abstract void Receive(PoolWorker worker, in Frame reply);

    /// <summary>Takes back from a busy worker what another one could do.</summary>
    /// <returns>Whether there is work now.</returns>
    protected virtual bool TakeBack(PoolWorker worker) => false;

    /// <summary>Decides what becomes of the batches of a worker that has died.</summary>
    protected abstract void Lose(PoolWorker worker, Exception error);

    /// <summary>Announces that the call waits for a worker, and shows what that prints.</summary>
    protected virtual OutputWait BeginOutput(PoolWorker worker) => workers.Host.Output.BeginWait(worker.Connection);

    /// <summary>Ends that, when all has been shown.</summary>
    protected virtual void EndOutput(OutputWait output) => output.Dispose();

    /// <summary>Why a worker has ended that is about to, in the middle of what it says.</summary>
    /// <exception cref="ObjectDisposedException">It is the pool that has ended it.</exception>
    protected Exception? AwaitError(PoolWorker worker)
    {
        Exception? error = worker.AwaitError();
        workers.ThrowIfDisposed();
        return error;
    }

    private bool Step(Cancellation cancellation)
    {
        cancellation.ThrowIfRequested();
        workers.ThrowIfDisposed();
        bool moved = Receive();
        moved |= Feed();
        moved |= Take();

        // With nothing left to hand out and a worker that has nothing to do, those that have too much share.
        return moved || (CanRebalance && _lent.Exists(TakeBack));
    }

    private bool Receive()
    {
        bool moved = false;
        for (int i = _lent.Count - 1; i >= 0; i--)
        {
            PoolWorker worker = _lent[i];

            // Asked before the last look at its replies: nothing comes after its end.
            bool ended = worker.HasEnded;
            while (worker.TryReceive(out Frame reply))
            {
                moved = true;
                Receive(worker, reply);
            }

            if (ended)
            {
                // The pool may have been disposed of since the call looked last: then its worker has not died of anything.
                workers.ThrowIfDisposed();
                moved = true;
                Lose(worker, worker.Error ?? WorkerSet.Disposed());
                GiveBack(i);
            }
        }

        return moved;
    }

    private bool Feed()
    {
        bool moved = false;
        bool generous = workers.IsWanted;
        for (int i = _lent.Count - 1; i >= 0; i--)
        {
            PoolWorker worker = _lent[i];
            while (!generous && worker.TakesMore && HasWork && Feed(worker))
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
        if (!HasWork)
        {
            workers.Leave(this);
            return false;
        }

        bool moved = false;
        while (HasWork && workers.TryTake(this) is { } worker)
        {
            moved = true;
            _lent.Add(worker);
            Record?.HasWorker(worker.Connection.Name);
            worker.Attend(BeginOutput(worker));
            Feed(worker);
        }

        return moved;
    }

    private void GiveBack(int index)
    {
        PoolWorker worker = _lent[index];
        _lent.RemoveAt(index);
        EndOutput(worker.Leave());
        workers.Return(worker);
    }
}
