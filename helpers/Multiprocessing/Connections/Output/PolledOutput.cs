using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Connections.Output;

/// <summary>
/// Reads both streams on the thread that listens to the line, by <c>poll</c> (Linux). So a call takes one thread, not three; and since the kernel tells how much a
/// pipe holds, what has been written before now is known to be all.
/// </summary>
internal sealed unsafe class PolledOutput(FileStream line, PolledStream output, PolledStream error, Action onRead) : RawOutput(onRead)
{
    private const int Forever = -1;

    private readonly int _lineDescriptor = (int)line.SafeFileHandle.DangerousGetHandle();

    /// <inheritdoc/>
    public override bool AwaitRing()
    {
        while (!Poll(_lineDescriptor, Forever))
        {
        }

        try
        {
            return line.Read(stackalloc byte[64]) > 0;
        }
        catch (IOException)
        {
            // A killed process resets the connection; that is an end like any other.
            return false;
        }
    }

    /// <inheritdoc/>
    public override bool TryTakeArrived()
    {
        // No more than is there now: something that the function has started may go on writing for ever.
        output.ReadArrived();
        error.ReadArrived();
        return true;
    }

    /// <inheritdoc/>
    public override void Drain(TimeSpan limit)
    {
        long begin = Stopwatch.GetTimestamp();
        while ((output.Descriptor >= 0 || error.Descriptor >= 0) && limit - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } left)
        {
            Poll(-1, (int)Math.Ceiling(left.TotalMilliseconds));
        }

        output.Stop();
        error.Stop();
    }

    /// <summary>Waits until there is something to read, and passes on what is in the pipes.</summary>
    /// <returns>Whether there is something on the line, if only its end.</returns>
    private bool Poll(int lineDescriptor, int milliseconds)
    {
        PollDescriptor* descriptors = stackalloc PollDescriptor[3];
        descriptors[0] = new PollDescriptor { Descriptor = lineDescriptor, Events = PollDescriptor.Readable };
        descriptors[1] = new PollDescriptor { Descriptor = output.Descriptor, Events = PollDescriptor.Readable };
        descriptors[2] = new PollDescriptor { Descriptor = error.Descriptor, Events = PollDescriptor.Readable };
        if (Libc.Poll(descriptors, 3, milliseconds) < 0)
        {
            int failure = Marshal.GetLastSystemError();
            return failure == Libc.Interrupted ? false : throw new IOException($"poll: error {failure}");
        }

        output.Read(descriptors[1].Returned);
        error.Read(descriptors[2].Returned);
        OnRead();
        return descriptors[0].Returned != 0;
    }
}
