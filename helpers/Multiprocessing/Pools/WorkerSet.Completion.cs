namespace Multiprocessing.Pools;

/// <content>The end of a pool that finishes first what it was given.</content>
#pragma warning disable CA1001 // What it has to dispose of goes with the workers, in whichever way these end.
internal sealed partial class WorkerSet
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<PoolWorker[]>? _completion;
    private int _underWay;

    /// <summary>Counts a call that somebody makes, until <see cref="Exit"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="InvalidOperationException">It takes no more calls.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            _underWay++;
            _idling?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The call has ended.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_underWay == 0 && State != PoolState.Open)
            {
                _drained.TrySetResult();
            }

            RestIfIdle();
        }
    }

    /// <summary>Throws if the pool takes no more calls.</summary>
    /// <inheritdoc cref="Enter" path="/exception"/>
    public void ThrowIfClosed()
    {
        switch (State)
        {
            case PoolState.Disposed:
                throw Disposed();
            case PoolState.Completing or PoolState.Ended:
                throw new InvalidOperationException($"{_settings.Name} takes no more calls, since CompleteAsync was called: make a new pool.");
        }
    }

    /// <summary>Takes no more calls, and has the workers end by themselves when those that it has taken have ended.</summary>
    /// <returns>The workers that are ending then.</returns>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public Task<PoolWorker[]> CompleteAsync()
    {
        lock (_gate)
        {
            if (State == PoolState.Disposed)
            {
                throw Disposed();
            }

            if (_completion is null)
            {
                _state = PoolState.Completing;
                if (_underWay == 0)
                {
                    _drained.TrySetResult();
                }

                _completion = _drained.Task.ContinueWith(_ => EndGently(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            return _completion;
        }
    }

    private PoolWorker[] EndGently()
    {
        PoolWorker[] ending;
        PoolWorker[] left;
        lock (_gate)
        {
            // Those of one that was disposed of meanwhile are ending already.
            ending = State == PoolState.Completing ? [.. _all] : [];
            left = [.. _all, .. _retired];
            _state = State == PoolState.Completing ? PoolState.Ended : State;
        }

        _forgotten.Dispose();
        _idling?.Dispose();
        Array.ForEach(ending, static worker => worker.End());
        Task.WhenAll(left.Select(static worker => worker.Connection.Closed)).ContinueWith(
            _ => Wakeup.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return left;
    }
}
