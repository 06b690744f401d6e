namespace Multiprocessing.Connections;

/// <summary>What a frame says. Parent to worker first, then worker to parent.</summary>
internal enum FrameKind
{
    /// <summary>Once, at launch: what every worker of this parent needs to know.</summary>
    StartInfo = 1,

    /// <summary>Working directory and environment, where they have changed.</summary>
    Environment,

    /// <summary>An assembly that exists only in memory, or the path of one.</summary>
    Assembly,

    /// <summary>The answer to <see cref="LibraryWanted"/>. Goes by the line, not by the ring, as it is for another thread than the one that serves.</summary>
    Library,

    /// <summary>A call is cancelled, and its function is told so, if it wants to know. Goes by the line, too.</summary>
    Cancel,

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

    /// <summary>Who the worker is from now on: a <see cref="WorkerIdentity"/>.</summary>
    Identity,

    /// <summary>The worker is to end as a program that is asked to: by the line, as <see cref="Library"/>, since the function runs meanwhile.</summary>
    Terminate,

    /// <summary>There will be nothing more to do.</summary>
    End,

    /// <summary>The worker has prepared itself and takes calls.</summary>
    Ready = 64,

    /// <summary>Text that a function wrote to the console.</summary>
    Output,

    /// <summary>Text that a function wrote to the console's error stream.</summary>
    ErrorOutput,

    /// <summary>What became of inputs.</summary>
    Results,

    /// <summary>Inputs that the function was not run for, or did not finish, since its call was cancelled.</summary>
    Cancelled,

    /// <summary>What a function returned that ran once.</summary>
    Result,

    /// <summary>The function threw.</summary>
    Fault,

    /// <summary>The function needs an assembly, or a native library, that the worker does not find by itself.</summary>
    LibraryWanted,

    /// <summary>The process begins to end: no thread of the function keeps it any more.</summary>
    Ending,
}
