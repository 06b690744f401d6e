namespace Multiprocessing.Memory;

/// <summary>A shared object that knows which processes have it. Processes are named by their <see cref="ProcessToken"/>. Thread-safe and process-safe.</summary>
internal interface ITracksUsers
{
    /// <summary>A call of a process has it from now on.</summary>
    void EnterUser(long process);

    /// <summary>A call of a process has ended.</summary>
    /// <param name="process">The process.</param>
    /// <param name="failed">Whether it ended otherwise than by returning.</param>
    /// <param name="all">Whether it was the process's last.</param>
    void LeaveUser(long process, bool failed, bool all);

    /// <summary>A process to which it was to go has ended at once.</summary>
    void NoteDeath(int process);
}
