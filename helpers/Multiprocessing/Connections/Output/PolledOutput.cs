using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Connections.Output;

/// <summary>Waits for the line and both streams by <c>poll</c> (Linux).</summary>
internal sealed unsafe class PolledOutput(FileStream line, PolledText output, PolledText error, Action onRead) : ArrivingOutput(output, error, onRead)
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
    protected override void AwaitText(int milliseconds) => Poll(-1, milliseconds);

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
