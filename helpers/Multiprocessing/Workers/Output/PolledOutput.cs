using System.Diagnostics;
using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Transport;

namespace Multiprocessing.Workers.Output;

/// <summary>
/// Reads both streams on the thread that reads the channel, by <c>poll</c> (Linux). So a call takes one thread, not three; and since the kernel tells how much a
/// pipe holds, what has been written before now is known to be all.
/// </summary>
internal sealed unsafe class PolledOutput(Channel channel, FileStream channelStream, PolledStream output, PolledStream error) : RawOutput
{
    private const int Forever = -1;

    private readonly int _channelDescriptor = (int)channelStream.SafeFileHandle.DangerousGetHandle();

    /// <inheritdoc/>
    public override void AwaitChannel()
    {
        while (!channel.HasArrived && !Poll(_channelDescriptor, Forever))
        {
        }
    }

    /// <inheritdoc/>
    public override bool TryTakeArrived()
    {
        // No more than is there now: something that the function has started may go on writing for ever.
        for (int left = output.Arrived; left > 0; left -= output.Read())
        {
        }

        for (int left = error.Arrived; left > 0; left -= error.Read())
        {
        }

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
    }

    /// <summary>Waits until there is something to read, and passes on what is in the pipes.</summary>
    /// <returns>Whether there is something in the channel.</returns>
    private bool Poll(int channelDescriptor, int milliseconds)
    {
        PollDescriptor* descriptors = stackalloc PollDescriptor[3];
        descriptors[0] = new PollDescriptor { Descriptor = channelDescriptor, Events = PollDescriptor.Readable };
        descriptors[1] = new PollDescriptor { Descriptor = output.Descriptor, Events = PollDescriptor.Readable };
        descriptors[2] = new PollDescriptor { Descriptor = error.Descriptor, Events = PollDescriptor.Readable };
        if (Libc.Poll(descriptors, 3, milliseconds) < 0)
        {
            int failure = Marshal.GetLastSystemError();
            return failure == Libc.Interrupted ? false : throw new IOException($"poll: error {failure}");
        }

        if (descriptors[1].Returned != 0)
        {
            output.Read();
        }

        if (descriptors[2].Returned != 0)
        {
            error.Read();
        }

        return descriptors[0].Returned != 0;
    }
}
