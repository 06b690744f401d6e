namespace Multiprocessing.Connections.Output;

/// <summary>Reads with a thread for each stream: on every system, but nobody can tell whether a thread has read all that was written before now.</summary>
internal sealed class PumpedOutput(Stream line, Stream output, TextReceiver outputReceiver, Stream error, TextReceiver errorReceiver) : RawOutput
{
    private readonly TextPump _output = new(output, outputReceiver);
    private readonly TextPump _error = new(error, errorReceiver);

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
