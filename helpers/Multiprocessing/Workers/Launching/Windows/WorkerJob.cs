using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>
/// A job object: a worker with all that it starts, which end when the job is closed. The system closes it when this process ends, in whichever way. Jobs nest, so that a worker may have workers, and this process
/// may be in a job of somebody else's.
/// </summary>
internal sealed unsafe class WorkerJob : IDisposable
{
    /// <exception cref="Win32Exception">The system has no room for one.</exception>
    public WorkerJob()
    {
        Handle = Kernel32.CreateJob(null, null);
        if (Handle.IsInvalid || !TrySetLimits(Kernel32.JobKillOnClose))
        {
            Win32Exception failure = new(Marshal.GetLastPInvokeError());
            Handle.Dispose();
            throw failure;
        }
    }

    public SafeFileHandle Handle { get; }

    /// <summary>Ends all of its processes.</summary>
    public void Terminate(int code) => _ = Kernel32.TerminateJob(Handle, code);

    /// <summary>Its processes do not end with it any more, and have no limits.</summary>
    public void Release() => _ = TrySetLimits(0);

    /// <summary>Limits each of its processes.</summary>
    /// <param name="processorTime">The time in user mode after which the system ends one, from its start; null for no limit.</param>
    /// <param name="memory">How much memory one may commit, in bytes; null for no limit.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public void Limit(TimeSpan? processorTime, long? memory)
    {
        uint flags = Kernel32.JobKillOnClose | (processorTime is null ? 0 : Kernel32.JobProcessTime) | (memory is null ? 0 : Kernel32.JobProcessMemory);
        if (!TrySetLimits(flags, processorTime?.Ticks ?? 0, (nuint)(memory ?? 0)))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public void Dispose() => Handle.Dispose();

    private bool TrySetLimits(uint flags, long processTime = 0, nuint processMemory = 0)
    {
        JobLimits limits = new() { Flags = flags, ProcessTime = processTime, ProcessMemory = processMemory };
        return Kernel32.SetJobInformation(Handle, Kernel32.JobExtendedLimits, &limits, (uint)sizeof(JobLimits)) != 0;
    }
}
