using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Workers.Launching.Windows;

namespace NotebookRunner.Kernels;

/// <summary>
/// A job of processes that end together: the embedded kernel leads one, so that what its cells started ends with it, however it ends. Who has to outlive its parent, as a browser that is opened for
/// its user, can leave the job.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsJob
{
    private const int ExtendedLimitInformation = 9;
    private const uint BreakawayOk = 0x0800;
    private const uint KillOnJobClose = 0x2000;
    private const nint CurrentProcess = -1;

    // Held for good, and by nobody else: the system closes it when the process ends, and ends whoever is left in the job.
    private static SafeFileHandle? s_job;

    /// <summary>Makes this process the first of a new job. Where it may not have one, what its cells start is ended with it as far as it can be found.</summary>
    public static void Lead()
    {
        if (s_job is not null)
            return;
        var job = CreateJob(0, 0);
        var limits = new JobLimits { Flags = KillOnJobClose | BreakawayOk };
        if (!job.IsInvalid && SetJobInformation(job, ExtendedLimitInformation, in limits, Marshal.SizeOf<JobLimits>()) && AssignToJob(job, CurrentProcess))
            s_job = job;
        else
            job.Dispose();
    }

    [LibraryImport("kernel32.dll", EntryPoint = "CreateJobObjectW")]
    private static partial SafeFileHandle CreateJob(nint attributes, nint name);

    [LibraryImport("kernel32.dll", EntryPoint = "SetInformationJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetJobInformation(SafeFileHandle job, int kind, in JobLimits limits, int size);

    [LibraryImport("kernel32.dll", EntryPoint = "AssignProcessToJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignToJob(SafeFileHandle job, nint process);
}
