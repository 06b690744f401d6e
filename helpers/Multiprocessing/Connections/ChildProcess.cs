using Multiprocessing.Connections.Output;

namespace Multiprocessing.Connections;

/// <summary>A process that this one has started, and what it is connected by apart from shared memory. Thread-safe except for the streams.</summary>
internal abstract class ChildProcess
{
    /// <summary>The operating system's number of the process.</summary>
    public abstract int Id { get; }

    /// <summary>The environment variables that it was started with.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether it was started in this process's working directory.</summary>
    public virtual bool IsInWorkingDirectory => true;

    /// <summary>
    /// The stream between the two: the process rings by a byte, and is sent what it must read on a thread of its own. Its end is how each side knows of the other's.
    /// </summary>
    public abstract Stream Line { get; }

    /// <summary>Begins to read what the process prints without going through Console.Out. Once.</summary>
    /// <param name="output">Takes what reaches its standard output.</param>
    /// <param name="error">Takes what reaches its standard error: a crash report, above all.</param>
    /// <param name="onRead">Is called when they have been given something, by a thread that holds no lock.</param>
    public abstract RawOutput ReadOutput(TextReceiver output, TextReceiver error, Action onRead);

    /// <summary>Whether it has ended; looks without waiting.</summary>
    public abstract bool HasExited { get; }

    /// <summary>Waits for the end.</summary>
    public abstract WorkerExit WaitForExit();

    /// <summary>Ends the process at once. Nothing happens if it has ended.</summary>
    /// <param name="withChildren">Whether the processes that it started end with it.</param>
    public abstract void Kill(bool withChildren);

    /// <summary>Limits what the process may take from now on.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no such limits.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refuses.</exception>
    public virtual void Limit(WorkerLimits limits) => throw WorkerLimits.Unsupported();

    /// <summary>What the process has started, and left running, is not this process's affair any more: it lives on when either ends.</summary>
    public virtual void ReleaseChildren()
    {
        // Where nobody but the process itself ends them, it knows without being told.
    }

    /// <summary>Closes this process's ends; the other one sees that as the end of its parent.</summary>
    public abstract void Close();
}
