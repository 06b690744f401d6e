using System.Diagnostics;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Transport;
using Multiprocessing.Worker.Assemblies;

namespace Multiprocessing.Worker;

/// <summary>Ends this process when its parent ends, whatever it is doing.</summary>
internal static class ParentWatch
{
    private static readonly ManualResetEvent Begun = new(initialState: false);
    private static Thread? s_watch;
    private static volatile bool s_answered;

    /// <summary>Starts the thread, which takes longer than many a call; it does nothing before <see cref="Begin"/>.</summary>
    public static void Prepare(Channel channel, ParentLibraries libraries)
    {
        if (s_watch is null)
        {
            s_watch = new(() => Watch(channel, libraries), maxStackSize: 64 * 1024) { IsBackground = true, Name = "Parent watch" };
            s_watch.UnsafeStart();
        }
    }

    /// <summary>Watches the channel, and takes what the parent answers, on a thread of its own: the kernel closes the parent's end when the parent ends, in whichever way.</summary>
    public static void Begin(ParentLibraries libraries)
    {
        libraries.Open(s_watch!);
        Begun.Set();
    }

    /// <summary>Takes note that the function has ended: what it has started, and left running, is not this process's affair any more.</summary>
    public static void CallHasEnded() => s_answered = true;

    private static void Watch(Channel channel, ParentLibraries libraries)
    {
        Begun.WaitOne();
        while (channel.Receive() is { } frame)
        {
            if (frame.Kind == FrameKind.Library)
            {
                libraries.Take(frame);
            }
        }

        // Not Exit: the function's own handlers and threads could delay that for ever.
        if (!s_answered && !OperatingSystem.IsWindows() && Libc.ProcessGroup(0) == Environment.ProcessId)
        {
            // Its own process group, whole: what the function has started ends with it.
            _ = Libc.Kill(0, Libc.SigKill);
        }

        Process.GetCurrentProcess().Kill();
    }
}
