using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Connections.Output;

/// <summary>Text that <c>poll</c> waits for (Linux).</summary>
internal sealed unsafe class PolledText(FileStream stream, TextReceiver receiver) : ArrivingText(receiver)
{
    private readonly int _descriptor = (int)stream.SafeFileHandle.DangerousGetHandle();

    /// <summary>The descriptor to wait for; negative, which <c>poll</c> passes over, after the end.</summary>
    public int Descriptor => HasEnded ? -1 : _descriptor;

    /// <summary>Passes on a part of what is there, or notes the end.</summary>
    /// <param name="events">What <c>poll</c> has seen.</param>
    public void Read(short events)
    {
        if (events != 0)
        {
            ReadSome(isClosed: (events & ~PollDescriptor.Readable) != 0);
        }
    }

    /// <inheritdoc/>
    protected override bool TryPeek(out int count)
    {
        // That it has been closed only poll tells.
        int available = 0;
        count = Libc.Control(_descriptor, Libc.BytesToRead, &available) == 0 ? available : 0;
        return true;
    }

    /// <inheritdoc/>
    protected override int Read(Span<byte> bytes) => stream.Read(bytes);
}
