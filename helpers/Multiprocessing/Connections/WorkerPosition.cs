namespace Multiprocessing.Connections;

/// <summary>How far a worker is.</summary>
/// <param name="Place">
/// Inputs are counted from the first that the worker was given, over all calls. Of a batch that it reads, its first input; then the one that it runs, or the next. It never goes back.
/// </param>
/// <param name="Step">What it does there.</param>
internal readonly record struct WorkerPosition(long Place, WorkerStep Step)
{
    /// <summary>In one word, which is written and read at once.</summary>
    public long Word => (Place << 2) | (long)Step;

    /// <summary>The place up to which it has begun with inputs.</summary>
    public long BegunUpTo => Step == WorkerStep.Running ? Place + 1 : Place;

    public static WorkerPosition Of(long word) => new(word >> 2, (WorkerStep)(word & 3));
}

/// <summary>What a worker does with the inputs that it was given.</summary>
internal enum WorkerStep
{
    /// <summary>Nothing: it has had none yet.</summary>
    None,

    /// <summary>It has taken up a batch, and rebuilds its inputs.</summary>
    Reading,

    /// <summary>It runs the function for an input.</summary>
    Running,

    /// <summary>It is between two inputs: it sends what it has, or waits.</summary>
    Between,
}
