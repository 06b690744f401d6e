namespace Multiprocessing.Timings.Charts;

/// <summary>Where the ticks of an axis of time stand.</summary>
internal static class TimeAxis
{
    /// <summary>The smallest step of 1, 2 or 5 times a power of ten that needs no more steps than allowed; zero if there is no time to divide.</summary>
    public static TimeSpan Step(TimeSpan length, int mostSteps)
    {
        if (length <= TimeSpan.Zero)
            return TimeSpan.Zero;
        for (long power = 1; ; power *= 10)
        {
            foreach (long step in (ReadOnlySpan<long>)[power, 2 * power, 5 * power])
            {
                if (length.Ticks / step <= mostSteps)
                    return TimeSpan.FromTicks(step);
            }
        }
    }
}
