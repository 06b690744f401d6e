namespace Multiprocessing.Connections.Output;

/// <summary>One end of a pipe, of which can be told how much it holds, with what reads its text. Thread-safe.</summary>
internal abstract class ArrivingText(TextReceiver receiver)
{
    private const int LargestRead = 4096;

    private readonly Lock _reading = new();
    private volatile bool _hasEnded;

    /// <summary>Whether nothing more comes from it.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Passes on what has been written before now, and no more: something that a function has started may go on writing for ever.</summary>
    public void ReadArrived()
    {
        lock (_reading)
        {
            for (int left = Count(); left > 0; left -= Read())
            {
            }
        }
    }

    /// <summary>Passes on a part of what is there, or notes the end; does nothing if there is nothing, since another thread may have taken it.</summary>
    /// <param name="isClosed">Whether nobody can write to it any more.</param>
    public void ReadSome(bool isClosed = false)
    {
        lock (_reading)
        {
            if (Count() > 0)
            {
                Read();
            }
            else if (isClosed && !_hasEnded)
            {
                End();
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

    /// <summary>How many bytes there are to read without waiting.</summary>
    /// <returns>Whether more can come.</returns>
    protected abstract bool TryPeek(out int count);

    /// <summary>Reads, when there is something.</summary>
    /// <returns>0 at the end.</returns>
    protected abstract int Read(Span<byte> bytes);

    private int Count()
    {
        if (_hasEnded)
        {
            return 0;
        }

        if (!TryPeek(out int count))
        {
            End();
        }

        return count;
    }

    private int Read()
    {
        Span<byte> bytes = stackalloc byte[LargestRead];
        int count = Read(bytes);
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

    private void End()
    {
        _hasEnded = true;
        receiver.End();
    }
}
