using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Serialization;

namespace Multiprocessing.Workers.Serving;

/// <summary>Ends this process when its parent ends, whatever it is doing.</summary>
internal sealed class ParentWatch
{
    private volatile bool _hasEnded;

    /// <summary>Watches the line, and takes what the parent sends by it, on a thread of its own: the kernel closes the parent's end when the parent ends, in whichever way.</summary>
    /// <param name="line">The line.</param>
    /// <param name="libraries">Takes the answers.</param>
    /// <param name="cancellation">Is told of cancelled calls.</param>
    /// <param name="termination">Begins when the parent asks for it.</param>
    /// <param name="memory">The memory of the connection.</param>
    public void Begin(Stream line, ParentLibraries libraries, CallCancellation cancellation, Termination termination, ConnectionMemory memory)
    {
        Thread watch = new(() => Watch(line, libraries, cancellation, termination, memory), maxStackSize: 64 * 1024) { IsBackground = true, Name = "Parent watch" };
        libraries.Receiver = watch;
        watch.UnsafeStart();
    }

    /// <summary>Takes note that the function has ended: what it has started, and left running, is not this process's affair any more.</summary>
    public void CallHasEnded() => _hasEnded = true;

    private void Watch(Stream line, ParentLibraries libraries, CallCancellation cancellation, Termination termination, ConnectionMemory memory)
    {
        // Here, since it takes its time and nobody waits for it.
        memory.Register();
        byte[] header = new byte[FrameHeader.Size];
        while (Fill(line, header))
        {
            FrameHeader next = FrameHeader.Read(header);
            byte[] payload = new byte[next.Length];
            if (!Fill(line, payload))
            {
                break;
            }

            if (next.Kind == FrameKind.Cancel)
            {
                cancellation.Cancel(new PayloadReader(payload).ReadInt32());
            }
            else if (next.Kind == FrameKind.Terminate)
            {
                new Thread(termination.Begin) { IsBackground = true, Name = "Termination" }.UnsafeStart();
            }
            else
            {
                libraries.Take(payload);
            }
        }

        // Not Exit: the function's own handlers and threads could delay that for ever.
        if (!_hasEnded && !OperatingSystem.IsWindows() && Libc.ProcessGroup(0) == Environment.ProcessId)
        {
            // Its own process group, whole: what the function has started ends with it.
            _ = Libc.Kill(0, Libc.SigKill);
        }

        Process.GetCurrentProcess().Kill();
    }

    private static bool Fill(Stream line, byte[] bytes)
    {
        try
        {
            return line.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A killed parent resets the connection; that is an end like any other.
            return false;
        }
    }
}
