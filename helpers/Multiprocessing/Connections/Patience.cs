using System.Diagnostics;

namespace Multiprocessing.Connections;

/// <summary>
/// How long to look again and again before one goes to sleep: a few times as long as it takes to be woken, since what comes sooner is had without the kernel; but hardly
/// at all where more processes wait than there are processors. Others may have the processor in between.
/// </summary>
/// <param name="waiting">How many processes may wait at the same time.</param>
internal struct Patience(int waiting)
{
    private static readonly long Long = Stopwatch.Frequency * 200 / 1_000_000;
    private static readonly long Short = Stopwatch.Frequency * 20 / 1_000_000;

    private readonly long _limit = waiting <= Environment.ProcessorCount ? Long : Short;
    private long _begin;
    private int _looks;

    /// <summary>Begins anew, when something has come.</summary>
    public void Reset() => _looks = 0;

    /// <summary>Passes a moment.</summary>
    /// <returns>False when it is time to sleep.</returns>
    public bool Spin()
    {
        if (_looks++ == 0)
        {
            _begin = Stopwatch.GetTimestamp();
        }

        if (_looks % 8 == 0)
        {
            Thread.Yield();
            return Stopwatch.GetTimestamp() - _begin < _limit;
        }

        Thread.SpinWait(8);
        return true;
    }
}
