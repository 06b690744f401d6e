using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>Waits for the line, for both streams, and for the end of the process itself: whoever has inherited an end of a pipe of the worker's does not hide its death.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class WindowsOutput(SafeProcessHandle process, OverlappedPipe line, PipeText output, PipeText error, Action onRead) : ArrivingOutput(output, error, onRead)
{
    /// <inheritdoc/>
    public override bool AwaitRing()
    {
        Span<byte> rings = stackalloc byte[64];
        while (true)
        {
            // Asked before the look at the line: nothing comes after its end.
            bool hasEnded = Kernel32.WaitForSingleObject(process, 0) == 0;
            if (!line.TryPeek(out int count))
            {
                return false;
            }

            if (count > 0)
            {
                return line.Read(rings) > 0;
            }

            if (hasEnded)
            {
                return false;
            }

            Wait(process.DangerousGetHandle(), line, Kernel32.Forever);
        }
    }

    /// <inheritdoc/>
    protected override void AwaitText(int milliseconds) => Wait(0, null, (uint)milliseconds);

    /// <summary>Waits until there is something to read, or the process has ended, and passes on what is in the pipes.</summary>
    private void Wait(nint processHandle, OverlappedPipe? rings, uint milliseconds)
    {
        nint* handles = stackalloc nint[4];
        uint count = 0;
        if (processHandle != 0)
        {
            handles[count++] = processHandle;
        }

        foreach (OverlappedPipe? pipe in (ReadOnlySpan<OverlappedPipe?>)[rings, output.Open, error.Open])
        {
            if (pipe is not null)
            {
                pipe.BeginWait();
                handles[count++] = pipe.Arrival;
            }
        }

        // Both have ended since somebody asked: another thread has taken the rest.
        if (count == 0)
        {
            return;
        }

        if (Kernel32.WaitForMultipleObjects(count, handles, all: 0, milliseconds) == Kernel32.WaitFailed)
        {
            throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }

        output.ReadSome();
        error.ReadSome();
        OnRead();
    }
}
