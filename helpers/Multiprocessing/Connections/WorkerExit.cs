namespace Multiprocessing.Connections;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; 128 and the signal's number for one that a signal ended, the number of an error for one that crashed on Windows, as <c>Process.ExitCode</c> has it.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
internal readonly record struct WorkerExit(int Code, int Signal)
{
    /// <summary>The exit code of a worker whose function returned.</summary>
    public const int Returned = 0;

    /// <summary>The exit code of a worker whose function threw.</summary>
    public const int Threw = 1;

    /// <summary>The exit code of a worker that was asked to end, and did: 128 and the number of SIGTERM, as everywhere on Unix; on Windows the same.</summary>
    public const int Terminated = 143;
}
