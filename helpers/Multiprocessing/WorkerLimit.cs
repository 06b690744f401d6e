namespace Multiprocessing;

/// <summary>A limit of a worker process.</summary>
public enum WorkerLimit
{
    /// <summary>How long it runs: <see cref="WorkerProcess.TimeLimit"/>.</summary>
    Time,

    /// <summary>How long it keeps a processor busy: <see cref="WorkerProcess.ProcessorTimeLimit"/>.</summary>
    ProcessorTime,

    /// <summary>How much memory it has of its own: <see cref="WorkerProcess.MemoryLimit"/>.</summary>
    Memory,
}
