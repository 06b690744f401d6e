using System.Diagnostics;

namespace Multiprocessing.Connections.Output;

/// <summary>
/// Reads both streams on the thread that listens to the line. So a call takes one thread, not three; and since the system tells how much a pipe holds, what has been written before now is known to be all.
/// </summary>
internal abstract class ArrivingOutput(ArrivingText output, ArrivingText error, Action onRead) : RawOutput(onRead)
{
    /// <inheritdoc/>
    public sealed override bool TryTakeArrived()
    {
        output.ReadArrived();
        error.ReadArrived();
        return true;
    }

    /// <inheritdoc/>
    public sealed override void Drain(TimeSpan limit)
    {
        long begin = Stopwatch.GetTimestamp();
        while ((!output.HasEnded || !error.HasEnded) && limit - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } left)
        {
            AwaitText((int)Math.Ceiling(left.TotalMilliseconds));
        }

        output.Stop();
        error.Stop();
        OnRead();
    }

    /// <summary>Waits until one of the streams has something to read, or has ended, and passes it on.</summary>
    /// <param name="milliseconds">How long to wait at most.</param>
    protected abstract void AwaitText(int milliseconds);
}
