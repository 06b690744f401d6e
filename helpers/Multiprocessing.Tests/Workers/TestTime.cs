namespace Multiprocessing.Tests.Workers;

/// <summary>Time that passes when a test says so, and no sooner, however long the machine takes for what comes before.</summary>
internal sealed class TestTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TestTimer> _timers = [];

    /// <summary>So much time passes that each timer that has been set goes off, on the calling thread.</summary>
    public void Pass()
    {
        TestTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
        }

        Array.ForEach(timers, static timer => timer.GoOff());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        TestTimer timer = new(callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    private sealed class TestTimer(TimerCallback callback, object? state) : ITimer
    {
        private bool _isSet;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Volatile.Write(ref _isSet, dueTime != Timeout.InfiniteTimeSpan);
            return true;
        }

        public void GoOff()
        {
            if (Interlocked.Exchange(ref _isSet, false))
            {
                callback(state);
            }
        }

        public void Dispose() => Volatile.Write(ref _isSet, false);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
