using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Workers.Output;

/// <summary>One end of a pipe with what reads its text. For one thread.</summary>
internal sealed unsafe class PolledStream(FileStream stream, TextReceiver receiver)
{
    private const int LargestRead = 4096;

    /// <summary>The descriptor to wait for; negative, which <c>poll</c> passes over, after the end.</summary>
    public int Descriptor { get; private set; } = (int)stream.SafeFileHandle.DangerousGetHandle();

    /// <summary>How many bytes are there to be read.</summary>
    public int Arrived
    {
        get
        {
            int count = 0;
            return Descriptor >= 0 && Libc.Control(Descriptor, Libc.BytesToRead, &count) == 0 ? count : 0;
        }
    }

    /// <summary>Passes on what is there, or waits for it if nothing is.</summary>
    /// <returns>How many bytes that were.</returns>
    public int Read()
    {
        Span<byte> bytes = stackalloc byte[LargestRead];
        int count = stream.Read(bytes);
        if (count > 0)
        {
            receiver.Add(bytes[..count]);
        }
        else
        {
            Descriptor = -1;
            receiver.End();
        }

        return count;
    }
}
