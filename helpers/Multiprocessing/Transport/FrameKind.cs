namespace Multiprocessing.Transport;

/// <summary>What a frame says. Parent to worker first, then worker to parent.</summary>
internal enum FrameKind
{
    /// <summary>Once, at launch: what every worker of this parent needs to know.</summary>
    Greeting = 1,

    /// <summary>An assembly that exists only in memory, or the path of one.</summary>
    Assembly,

    /// <summary>Working directory and environment, as of now.</summary>
    Surroundings,

    /// <summary>The function to run.</summary>
    Call,

    /// <summary>The answer to <see cref="LibraryWanted"/>.</summary>
    Library,

    /// <summary>The function is about to run. From a worker that was launched for the call; one from the stock is ready at once.</summary>
    Started = 64,

    /// <summary>Text that the function wrote to the console.</summary>
    Output,

    /// <summary>Text that the function wrote to the console's error stream.</summary>
    ErrorOutput,

    /// <summary>The function returned.</summary>
    Result,

    /// <summary>The function threw.</summary>
    Fault,

    /// <summary>The function needs an assembly, or a native library, that the worker does not find by itself.</summary>
    LibraryWanted,

    /// <summary>The process begins to end: no thread of the function keeps it any more.</summary>
    Ending,
}
