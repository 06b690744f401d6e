namespace Multiprocessing.Connections.Output;

/// <summary>Brings what reaches a worker's standard output and error without the help of Console.Out. For one thread, apart from what says otherwise.</summary>
/// <param name="onRead">Is called, with no lock held, when something has been read on a thread of its own or while the process is waited for.</param>
internal abstract class RawOutput(Action onRead)
{
    /// <summary>Has what was read written.</summary>
    protected Action OnRead => onRead;

    /// <summary>Waits until the process rings by its line, or has closed it; passes on what comes meanwhile.</summary>
    /// <returns>Whether it has rung.</returns>
    public abstract bool AwaitRing();

    /// <summary>Passes on what has been written before now. Thread-safe.</summary>
    /// <returns>Whether that is sure to be all; if not, all of it is there only when the process has ended.</returns>
    public abstract bool TryTakeArrived();

    /// <summary>Passes on the rest, when the process has ended.</summary>
    /// <param name="limit">How long to wait for what its own child processes keep open.</param>
    public abstract void Drain(TimeSpan limit);
}
