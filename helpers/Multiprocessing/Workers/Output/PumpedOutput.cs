namespace Multiprocessing.Workers.Output;

/// <summary>Reads with a thread for each stream: on every system, but nobody can tell whether a thread has read all that was written before now.</summary>
internal sealed class PumpedOutput(Stream output, TextReceiver outputReceiver, Stream error, TextReceiver errorReceiver) : RawOutput
{
    private readonly TextPump _output = new(output, outputReceiver);
    private readonly TextPump _error = new(error, errorReceiver);

    /// <inheritdoc/>
    public override void AwaitChannel()
    {
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
