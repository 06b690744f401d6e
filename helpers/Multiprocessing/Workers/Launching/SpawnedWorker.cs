using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Transport;
using Multiprocessing.Workers.Output;

namespace Multiprocessing.Workers.Launching;

/// <summary>A worker that <see cref="SpawnLauncher"/> started.</summary>
internal sealed unsafe class SpawnedWorker(int id, FileStream channel, FileStream output, FileStream error) : LaunchedWorker
{
    private readonly Lock _reaping = new();
    private WorkerExit? _exit;

    public override int Id => id;

    public override Channel Channel { get; } = new(channel);

    public override WorkerExit? Exit
    {
        get
        {
            lock (_reaping)
            {
                return _exit ?? Reap(Libc.NoHang);
            }
        }
    }

    public override RawOutput ReadOutput(TextReceiver outputReceiver, TextReceiver errorReceiver) =>
        new PolledOutput(Channel, channel, new PolledStream(output, outputReceiver), new PolledStream(error, errorReceiver));

    public override WorkerExit WaitForExit()
    {
        // Waiting must not hold the lock that Kill needs, and only one thread may take the status: so wait without taking it. Fails if another thread has.
        byte* ignored = stackalloc byte[Libc.SignalInfoSize];
        while (Libc.WaitId(Libc.ProcessNumber, id, ignored, Libc.Exited | Libc.LeaveStatus) < 0 && Marshal.GetLastSystemError() == Libc.Interrupted)
        {
        }

        return Exit!.Value;
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

    public override void Dispose()
    {
        Channel.Dispose();
        output.Dispose();
        error.Dispose();
    }

    private WorkerExit? Reap(int options)
    {
        int status;
        int result;
        do
        {
            result = Libc.WaitPid(id, &status, options);
        }
        while (result < 0 && Marshal.GetLastSystemError() == Libc.Interrupted);

        if (result == 0)
        {
            return null;
        }

        // A program that ignores SIGCHLD has its children's status thrown away by the kernel (ECHILD): ended, but nobody knows how.
        int signal = status & 0x7F;
        _exit = result < 0 ? new WorkerExit(-1, 0) : signal == 0 ? new WorkerExit((status >> 8) & 0xFF, 0) : new WorkerExit(128 + signal, signal);
        return _exit;
    }
}
