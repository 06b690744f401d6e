namespace Multiprocessing.Connections.Output;

/// <summary>Reads with a thread for each stream: on every system, but nobody can tell whether a thread has read all that was written before now.</summary>
internal sealed class PumpedOutput(Stream line, Stream output, TextReceiver outputReceiver, Stream error, TextReceiver errorReceiver, Action onRead) : RawOutput(onRead)
{
    private readonly TextPump _output = new(output, outputReceiver, onRead);
    private readonly TextPump _error = new(error, errorReceiver, onRead);

    /// <inheritdoc/>
    public override bool AwaitRing()
    {
        try
        {
            return line.Read(stackalloc byte[64]) > 0;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A killed process resets the connection; that is an end like any other.
            return false;
        }
    }

    /// <inheritdoc/>
    public override bool TryTakeArrived() => false;

    /// <inheritdoc/>
    public override void Drain(TimeSpan limit)
    {
        _output.Join(limit);
        _error.Join(limit);
    }
}

/// <summary>Reads a stream of UTF-8 text to its end on a thread of its own.</summary>
internal sealed class TextPump
{
    private readonly Thread _thread;

    public TextPump(Stream stream, TextReceiver receiver, Action onRead)
    {
        _thread = new Thread(() => Run(stream, receiver, onRead), maxStackSize: 256 * 1024) { IsBackground = true, Name = "Worker output" };
        _thread.UnsafeStart();
    }

    /// <summary>Waits until the stream has ended.</summary>
    /// <returns>False if it had not in that time: a process that the worker started may hold it open.</returns>
    public bool Join(TimeSpan limit) => _thread.Join(limit);

    private static void Run(Stream stream, TextReceiver receiver, Action onRead)
    {
        byte[] bytes = new byte[4096];
        try
        {
            while (stream.Read(bytes) is > 0 and int count)
            {
                receiver.Add(bytes.AsSpan(0, count));
                onRead();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process was killed or its stream closed: the end, too.
        }

        receiver.End();
        onRead();
    }
}
