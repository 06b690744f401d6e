using System.Runtime.Versioning;
using Multiprocessing.Connections.Output;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>This process's end of a worker's output with what reads its text. Thread-safe.</summary>
[SupportedOSPlatform("windows")]
internal sealed class ArrivingText(OverlappedPipe pipe, TextReceiver receiver)
{
    private const int LargestRead = 4096;

    private readonly Lock _reading = new();
    private volatile bool _hasEnded;

    /// <summary>Where it comes from; null after the end.</summary>
    public OverlappedPipe? Open => _hasEnded ? null : pipe;

    /// <summary>Passes on what has been written before now, and no more: something that a function has started may go on writing for ever.</summary>
    public void ReadArrived()
    {
        lock (_reading)
        {
            for (int left = Peek(); left > 0; left -= Read())
            {
            }
        }
    }

    /// <summary>Passes on a part of what is there, or notes the end; does nothing if there is nothing.</summary>
    public void ReadSome()
    {
        lock (_reading)
        {
            // Another thread may have taken it since. To read then would be to wait.
            if (Peek() > 0)
            {
                Read();
            }
        }
    }

    /// <summary>Takes nothing more: the pipe is about to be closed, and another thread may be about to look for more.</summary>
    public void Stop()
    {
        lock (_reading)
        {
            if (!_hasEnded)
            {
                End();
            }
        }
    }

    private void End()
    {
        _hasEnded = true;
        receiver.End();
    }

    private int Peek()
    {
        if (_hasEnded)
        {
            return 0;
        }

        if (!pipe.TryPeek(out int count))
        {
            End();
        }

        return count;
    }

    private int Read()
    {
        Span<byte> bytes = stackalloc byte[LargestRead];
        int count = pipe.Read(bytes);
        receiver.Add(bytes[..count]);
        return count;
    }
}
