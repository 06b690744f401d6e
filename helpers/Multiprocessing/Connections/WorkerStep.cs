namespace Multiprocessing.Connections;

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
