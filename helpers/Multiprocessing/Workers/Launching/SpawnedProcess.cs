using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Connections;
using Multiprocessing.Connections.Output;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Launching;

/// <summary>A worker that <see cref="SpawnLauncher"/> started.</summary>
internal sealed unsafe class SpawnedProcess(int id, FileStream line, FileStream output, FileStream error) : ChildProcess
{
    private readonly Lock _reaping = new();
    private WorkerExit? _exit;

    public override int Id => id;

    public override Stream Line => line;

    public override RawOutput ReadOutput(TextReceiver outputReceiver, TextReceiver errorReceiver, Action onRead) =>
        new PolledOutput(line, new PolledText(output, outputReceiver), new PolledText(error, errorReceiver), onRead);

    public override bool HasExited
    {
        get
        {
            // Fails if somebody has taken the status: it has ended then.
            byte* signalInfo = stackalloc byte[Libc.SignalInfoSize];
            Unsafe.InitBlock(signalInfo, 0, Libc.SignalInfoSize);
            return Libc.WaitId(Libc.ProcessNumber, id, signalInfo, Libc.Exited | Libc.LeaveStatus | Libc.NoHang) < 0 || *(int*)signalInfo != 0;
        }
    }

    public override WorkerExit WaitForExit()
    {
        // Waiting must not hold the lock that Kill needs, and only one thread may take the status: so wait without taking it. Fails if another thread has.
        byte* ignored = stackalloc byte[Libc.SignalInfoSize];
        while (Libc.WaitId(Libc.ProcessNumber, id, ignored, Libc.Exited | Libc.LeaveStatus) < 0 && Marshal.GetLastSystemError() == Libc.Interrupted)
        {
        }

        lock (_reaping)
        {
            return _exit ??= Reap();
        }
    }

    public override void Kill(bool withChildren)
    {
        lock (_reaping)
        {
            // Once the status is taken the number may belong to another process; until then it cannot, even if the process has ended. Then its group may
            // still have members.
            if (_exit is null)
            {
                if (withChildren)
                {
                    _ = Libc.Kill(-id, Libc.SigKill);
                }

                _ = Libc.Kill(id, Libc.SigKill);
            }
        }
    }

    public override void Limit(WorkerLimits limits) => LinuxLimits.Apply(id, limits);

    public override void Close()
    {
        line.Dispose();
        output.Dispose();
        error.Dispose();
    }

    private WorkerExit Reap()
    {
        int status;
        int result;
        do
        {
            result = Libc.WaitPid(id, &status, 0);
        }
        while (result < 0 && Marshal.GetLastSystemError() == Libc.Interrupted);

        // A program that ignores SIGCHLD has its children's status thrown away by the kernel (ECHILD): ended, but nobody knows how.
        int signal = status & 0x7F;
        return result < 0 ? new WorkerExit(-1, 0) : signal == 0 ? new WorkerExit((status >> 8) & 0xFF, 0) : new WorkerExit(128 + signal, signal);
    }
}
