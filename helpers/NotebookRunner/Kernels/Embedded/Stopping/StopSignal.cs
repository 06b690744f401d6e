namespace NotebookRunner.Kernels.Embedded.Stopping;

/// <summary>Tells the code of all cells to ask whether it belongs to the one that is being stopped. Thread-safe.</summary>
internal sealed class StopSignal
{
    /// <summary>For how long everybody is asked. It makes loops slower, those of the next cell, too.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>For how long the stopped cell's own code is asked: its threads may be asleep.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<StopFlag> _flags = [];
    private readonly Dictionary<StopFlag, int> _raised = [];

    /// <summary>How many submissions there have been.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _flags.Count;
        }
    }

    /// <summary>Takes note of a submission.</summary>
    public void Add(StopFlag flag)
    {
        lock (_gate)
            _flags.Add(flag);
    }

    /// <summary>Has all code asked: for a moment, and until a thread has ended, but not for long; the stopped cell's own, for longer.</summary>
    /// <param name="thread">The thread that runs the stopped cell.</param>
    /// <param name="earlier">How many submissions there had been before the stopped cell.</param>
    public void Raise(Thread? thread, int earlier)
    {
        StopFlag[] others, own;
        lock (_gate)
        {
            (others, own) = ([.. _flags[..earlier]], [.. _flags[earlier..]]);
            Raise(others);
            Raise(own);
        }

        new Thread(() =>
        {
            // If it is stuck in code of others, it will come back to its own first: nobody else need be asked for so long.
            thread?.Join(Aftermath);
            Thread.Sleep(Moment);
            Lower(others);
            thread?.Join();
            Thread.Sleep(Aftermath);
            Lower(own);
        }) { IsBackground = true, Name = "stopping" }.UnsafeStart();
    }

    private static void Ask() => RunningCell.Current?.ThrowIfStopping();

    private void Raise(StopFlag[] flags)
    {
        foreach (var flag in flags)
        {
            _raised[flag] = _raised.GetValueOrDefault(flag) + 1;
            flag.Raise(isRaised: true, Ask);
        }
    }

    private void Lower(StopFlag[] flags)
    {
        lock (_gate)
        {
            // Not while another stop needs it.
            foreach (var flag in flags.Where(flag => --_raised[flag] == 0))
                flag.Raise(isRaised: false, Ask);
        }
    }
}
