namespace Multiprocessing.Workers.Output;

/// <summary>Brings what reaches a worker's standard output and error without the help of Console.Out. For one thread.</summary>
internal abstract class RawOutput
{
    /// <summary>Waits until the worker's channel has something to read, or has ended; passes on what comes meanwhile.</summary>
    public abstract void AwaitChannel();

    /// <summary>Passes on what has been written before now.</summary>
    /// <returns>Whether that is sure to be all; if not, all of it is there only when the process has ended.</returns>
    public abstract bool TryTakeArrived();

    /// <summary>Passes on the rest, when the process has ended.</summary>
    /// <param name="limit">How long to wait for what its own child processes keep open.</param>
    public abstract void Drain(TimeSpan limit);
}
