using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Connections.Output;

/// <summary>One end of a pipe with what reads its text. Thread-safe.</summary>
internal sealed unsafe class PolledStream(FileStream stream, TextReceiver receiver)
{
    private const int LargestRead = 4096;

    private readonly Lock _reading = new();
    private volatile int _descriptor = (int)stream.SafeFileHandle.DangerousGetHandle();

    /// <summary>The descriptor to wait for; negative, which <c>poll</c> passes over, after the end.</summary>
    public int Descriptor => _descriptor;

    private int Arrived
    {
        get
        {
            int count = 0;
            return _descriptor >= 0 && Libc.Control(_descriptor, Libc.BytesToRead, &count) == 0 ? count : 0;
        }
    }

    /// <summary>Passes on what has been written before now, and no more: something that a function has started may go on writing for ever.</summary>
    public void ReadArrived()
    {
        lock (_reading)
        {
            for (int left = Arrived; left > 0; left -= Read())
            {
            }
        }
    }

    /// <summary>Passes on what is there, or notes the end.</summary>
    /// <param name="events">What <c>poll</c> has seen.</param>
    public void Read(short events)
    {
        if (events == 0)
        {
            return;
        }

        lock (_reading)
        {
            // Another thread may have taken it since. To read then would be to wait.
            if (_descriptor >= 0 && (Arrived > 0 || (events & ~PollDescriptor.Readable) != 0))
            {
                Read();
            }
        }
    }

    /// <summary>Takes nothing more: the stream is about to be closed, and another thread may be about to look for more.</summary>
    public void Stop()
    {
        lock (_reading)
        {
            if (_descriptor >= 0)
            {
                End();
            }
        }
    }

    private void End()
    {
        _descriptor = -1;
        receiver.End();
    }

    private int Read()
    {
        Span<byte> bytes = stackalloc byte[LargestRead];
        int count = stream.Read(bytes);
        if (count > 0)
        {
            receiver.Add(bytes[..count]);
        }
        else
        {
            End();
        }

        return count;
    }
}
