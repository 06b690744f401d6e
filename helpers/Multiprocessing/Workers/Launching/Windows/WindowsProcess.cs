using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>A worker that <see cref="WindowsLauncher"/> started.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsProcess(int id, SafeProcessHandle process, WorkerJob job, OverlappedPipe line, OverlappedPipe output, OverlappedPipe error) : ChildProcess
{
    /// <summary>The exit code of a process that this one has ended. It can be chosen: what it is on Unix, it is here.</summary>
    private const int Killed = WindowsExitCodes.Killed;

    private readonly Lock _closing = new();
    private bool _isClosed;

    public override int Id => id;

    public override bool IsInWorkingDirectory => false;

    public override Stream Line => line;

    public override bool HasExited
    {
        get
        {
            lock (_closing)
            {
                return _isClosed || Kernel32.WaitForSingleObject(process, 0) == 0;
            }
        }
    }

    public override RawOutput ReadOutput(TextReceiver outputReceiver, TextReceiver errorReceiver, Action onRead) =>
        new WindowsOutput(process, line, new PipeText(output, outputReceiver), new PipeText(error, errorReceiver), onRead);

    public override WorkerExit WaitForExit()
    {
        int code;
        _ = Kernel32.WaitForSingleObject(process, Kernel32.Forever);
        return new WorkerExit(Kernel32.GetExitCode(process, &code) != 0 ? code : Killed, 0);
    }

    public override void Kill(bool withChildren)
    {
        lock (_closing)
        {
            // The job may have processes when the worker itself has ended.
            if (!_isClosed && withChildren)
            {
                job.Terminate(Killed);
            }
            else if (!_isClosed)
            {
                _ = Kernel32.TerminateProcess(process, Killed);
            }
        }
    }

    public override void Limit(WorkerLimits limits)
    {
        // What it has taken before is nobody's affair.
        using Process worker = Process.GetProcessById(id);
        lock (_closing)
        {
            if (!_isClosed)
            {
                job.Limit(limits.ProcessorTime + worker.UserProcessorTime, limits.Memory);
            }
        }
    }

    public override void ReleaseChildren()
    {
        lock (_closing)
        {
            if (!_isClosed)
            {
                job.Release();
            }
        }
    }

    public override void Close()
    {
        lock (_closing)
        {
            // What is left in the job by now was to live on.
            ReleaseChildren();
            _isClosed = true;
            job.Dispose();
        }

        line.Dispose();
        output.Dispose();
        error.Dispose();
        process.Dispose();
    }
}
