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
