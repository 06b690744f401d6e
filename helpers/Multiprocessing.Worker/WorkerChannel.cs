using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Transport;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Worker;

/// <summary>The worker's end of the channel to its parent.</summary>
internal sealed class WorkerChannel
{
    private WorkerChannel(Stream stream) => Frames = new Channel(stream);

    public Channel Frames { get; }

    /// <summary>Opens the channel that the arguments name.</summary>
    /// <returns>Null if they name none.</returns>
    public static WorkerChannel? Open(string[] args) => args switch
    {
        [SpawnLauncher.ChannelArgument] => Inherit(SpawnLauncher.ChannelDescriptor),
        [PortableLauncher.PipeArgument, string name] => Connect(name),
        _ => null,
    };

    private static WorkerChannel Inherit(int descriptor)
    {
        // What this process starts must not hold the channel open: its end tells the parent of this process's end.
        _ = Libc.Fcntl(descriptor, Libc.SetDescriptorFlags, Libc.DescriptorCloseOnExec);
        return new WorkerChannel(new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0));
    }

    private static WorkerChannel Connect(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            // A process group of its own, as the faster launcher gives: a Ctrl-C in the terminal is the parent's affair.
            _ = Libc.SetProcessGroup(0, 0);
        }

        NamedPipeClientStream pipe = new(".", name, PipeDirection.InOut, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);

        // The parent's end was there before this process was. If it is not any more, neither is the parent.
        pipe.Connect(TimeSpan.FromSeconds(1));
        return new WorkerChannel(pipe);
    }
}
