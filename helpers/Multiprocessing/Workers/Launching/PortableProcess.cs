using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>A worker that <see cref="PortableLauncher"/> started.</summary>
internal sealed class PortableProcess(Process process, NamedPipeServerStream pipe) : ChildProcess
{
    /// <summary>An exit code above this is 128 and the number of the signal that ended the process.</summary>
    private const int SignalBase = 128;

    public override int Id { get; } = process.Id;

    public override Stream Line => pipe;

    public override RawOutput ReadOutput(TextReceiver output, TextReceiver error, Action onRead) =>
        new PumpedOutput(pipe, process.StandardOutput.BaseStream, output, process.StandardError.BaseStream, error, onRead);

    public override bool HasExited => process.HasExited;

    public override WorkerExit WaitForExit()
    {
        // Not the overload without a limit: that one also waits for whoever inherited the output.
        while (!process.WaitForExit(TimeSpan.FromDays(1)))
        {
        }

        return ExitOf(process.ExitCode);
    }

    public override void Kill(bool withChildren)
    {
        if (withChildren)
        {
            // Its own process group, as soon as it has connected: also when it has ended itself, and nobody could tell its children any more.
            _ = Libc.Kill(-Id, Libc.SigKill);
        }

        try
        {
            process.Kill(withChildren);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or AggregateException or Win32Exception)
        {
            // It ended in the meantime, or one of its children did.
        }
    }

    public override void Limit(WorkerLimits limits)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw WorkerLimits.Unsupported();
        }

        LinuxLimits.Apply(Id, limits);
    }

    public override void Close()
    {
        pipe.Dispose();
        process.Dispose();
    }

    private static WorkerExit ExitOf(int code) =>
        new(code, code is > SignalBase and <= SignalBase + 64 ? code - SignalBase : 0);
}
