using System.Globalization;
using System.IO.Pipes;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Workers.Launching.Windows;

namespace Multiprocessing.Workers.Serving;

/// <summary>Opens the worker's end of the line to its parent. It stays open until the process ends: its end is how each side knows of the other's.</summary>
internal static class WorkerLine
{
    /// <summary>The end that was left to this process when it was started.</summary>
    public static Stream Inherit(int descriptor)
    {
        // What this process starts must not hold the line open: its end tells the parent of this process's end.
        _ = Libc.Fcntl(descriptor, Libc.SetDescriptorFlags, Libc.DescriptorCloseOnExec);
        return new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>The end that was left to this process when it was started, on Windows, where it is told which.</summary>
    [SupportedOSPlatform("windows")]
    public static Stream Inherit(string handle)
    {
        SafeFileHandle line = new(nint.Parse(handle, CultureInfo.InvariantCulture), ownsHandle: true);

        // As above.
        _ = Kernel32.SetHandleInformation(line, Kernel32.HandleInherit, 0);
        return new OverlappedPipe(line);
    }

    /// <summary>The end that a name leads to.</summary>
    public static Stream Connect(string name)
    {
        // A process group of its own, as the faster launcher gives: a Ctrl-C in the terminal is the parent's affair.
        _ = Libc.SetProcessGroup(0, 0);

        NamedPipeClientStream pipe = new(".", name, PipeDirection.InOut, PipeOptions.CurrentUserOnly | PipeOptions.Asynchronous);

        // The parent's end was there before this process was. If it is not any more, neither is the parent.
        pipe.Connect(TimeSpan.FromSeconds(1));
        return pipe;
    }
}
