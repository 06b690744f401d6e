using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>
/// Limits a process from outside (prlimit), so that a worker from stock can have limits, too. Its memory is what it has of its own and can write to (RLIMIT_DATA): address space (RLIMIT_AS) would say nothing, since .NET reserves 256 GB of
/// it, and resident memory (RLIMIT_RSS) Linux does not limit.
/// </summary>
internal static unsafe class LinuxLimits
{
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static void Apply(int process, WorkerLimits limits)
    {
        if (limits.Memory is { } memory)
        {
            Set(process, Libc.LimitData, (ulong)memory, (ulong)memory);
        }

        if (limits.ProcessorTime is { } time)
        {
            // What it has taken before is nobody's affair. Linux counts whole seconds; whoever catches its signal has one more.
            using Process worker = Process.GetProcessById(process);
            ulong seconds = (ulong)Math.Ceiling((worker.TotalProcessorTime + time).TotalSeconds);
            Set(process, Libc.LimitProcessorTime, seconds, seconds + 1);
        }
    }

    private static void Set(int process, int resource, ulong soft, ulong hard)
    {
        // One that this process has itself cannot be passed.
        ResourceLimit wanted, last;
        int result = Libc.LimitProcess(process, resource, null, &last);
        if (result == 0)
        {
            wanted = new ResourceLimit { Soft = Math.Min(soft, last.Hard), Hard = Math.Min(hard, last.Hard) };
            result = Libc.LimitProcess(process, resource, &wanted, null);
        }

        if (result != 0)
        {
            int failure = Marshal.GetLastSystemError();
            throw new Win32Exception(failure, $"Cannot limit what a worker process may take: {new Win32Exception(failure).Message}");
        }
    }
}
