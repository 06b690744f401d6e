namespace Multiprocessing.Transport.Rings;

/// <summary>What a frame between a pool and one of its workers says. Parent to worker first, then worker to parent.</summary>
internal enum RingFrameKind
{
    /// <summary>An assembly that exists only in memory, or the path of one.</summary>
    Assembly = 1,

    /// <summary>Working directory and environment, where they have changed.</summary>
    Surroundings,

    /// <summary>A function for inputs to come.</summary>
    Function,

    /// <summary>Inputs for a function.</summary>
    Tasks,

    /// <summary>A function to run once, without inputs.</summary>
    Call,

    /// <summary>The function that runs once may begin.</summary>
    Begin,

    /// <summary>A function is not needed any more.</summary>
    Forget,

    /// <summary>There will be nothing more to do.</summary>
    End,

    /// <summary>What became of inputs.</summary>
    Results = 64,

    /// <summary>What a function returned that ran once.</summary>
    Result,

    /// <summary>The function threw.</summary>
    Fault,
}
