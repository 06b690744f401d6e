using System.Diagnostics;

namespace Multiprocessing.Transport.Rings;

/// <summary>
/// How long to look again and again before one goes to sleep: about as long as it takes to be woken. What comes sooner is had without the kernel. Others may
/// have the processor in between.
/// </summary>
internal struct Patience
{
    private static readonly long Limit = Stopwatch.Frequency * 60 / 1_000_000;

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
            return Stopwatch.GetTimestamp() - _begin < Limit;
        }

        Thread.SpinWait(8);
        return true;
    }
}
