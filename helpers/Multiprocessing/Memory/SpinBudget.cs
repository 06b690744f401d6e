using System.Diagnostics;

namespace Multiprocessing.Memory;

/// <summary>
/// How long to look again and again before one goes to sleep: what comes meanwhile is had without the kernel. The one policy of everything that waits in shared memory; after it, one sleeps
/// in slices (<see cref="WaitDeadline.Slice"/>).
/// </summary>
/// <param name="limit">For how long, in units of <see cref="Stopwatch"/>: one of the limits below, or what sleeping would cost in another way.</param>
internal struct SpinBudget(long limit)
{
    /// <summary>
    /// After so many looks, about half a microsecond, the processor is offered to others. Not more seldom: where both sides happen to share a processor, a trip through two queues and back takes
    /// 4.2 us so, 7.2 with four times as many looks, and 8.5 with longer pauses between them.
    /// </summary>
    private const int Looks = 8;

    private long _begin;
    private int _looks;

    /// <summary>As long as it takes to fall asleep and to be woken: whoever waits longer than that has lost no more by looking than twice what sleeping would have cost.</summary>
    public static long Usual { get; } = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency * 50 / 1_000_000;

    /// <summary>The limit of one of several processes that wait at the same time, each for the next piece of the same work.</summary>
    /// <param name="waiting">How many may wait. More than there are processors would keep each other from them.</param>
    public static long Among(int waiting) => waiting <= Environment.ProcessorCount ? Usual * 4 : Usual * 2 / 5;

    /// <summary>Passes a moment. Others may have the processor in between: whoever is to end the waiting may need this very one.</summary>
    /// <returns>False when it is time to sleep.</returns>
    public bool Spin()
    {
        if (_looks++ == 0)
        {
            _begin = Stopwatch.GetTimestamp();
        }

        if (_looks % Looks == 0)
        {
            Thread.Yield();
            return Stopwatch.GetTimestamp() - _begin < limit;
        }

        Thread.SpinWait(1);
        return limit > 0;
    }
}
