using System.Runtime.InteropServices;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary><c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>, of which the flags, the time and the memory of a process are used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct JobLimits
{
    public long ProcessTime;
    public long JobTime;
    public uint Flags;
    public nuint LeastWorkingSet;
    public nuint MostWorkingSet;
    public uint MostProcesses;
    public nuint Affinity;
    public uint Priority;
    public uint Scheduling;
    public TransferCounts Transfers;
    public nuint ProcessMemory;
    public nuint JobMemory;
    public nuint PeakProcessMemory;
    public nuint PeakJobMemory;

    /// <summary><c>IO_COUNTERS</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 6 * sizeof(ulong))]
    public struct TransferCounts;
}
