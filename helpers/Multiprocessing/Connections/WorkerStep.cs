namespace Multiprocessing.Connections;

/// <summary>What a worker does with the inputs that it was given.</summary>
internal enum WorkerStep
{
    /// <summary>Nothing: it has none, or has not looked at the next ones.</summary>
    None,

    /// <summary>It has taken up a batch, and rebuilds its inputs.</summary>
    Reading,

    /// <summary>It runs the function for an input.</summary>
    Running,

    /// <summary>It is between two inputs: sends what it has, looks at the clock.</summary>
    Between,
}
