namespace Multiprocessing.Timings.SpeedUps;

/// <summary>
/// Amdahl's law: of a work whose fraction p can be divided and whose rest cannot, m workers do T(m) = T(1) * ((1 - p) + p / m), so that it becomes at most 1 / (1 - p) times as fast.
/// G. M. Amdahl, "Validity of the single processor approach to achieving large scale computing capabilities", AFIPS Conference Proceedings 30 (1967), pages 483 to 485.
/// </summary>
internal static class Amdahl
{
    /// <summary>The speed-up that the law gives.</summary>
    public static double SpeedUp(double fraction, double workers) => 1 / (1 - fraction + fraction / workers);

    /// <summary>
    /// The fraction that makes the squares of the differences between measured and given times the least, each time divided by that of one worker. With x = 1 - 1/m and y = 1 - T(m)/T(1) the law is
    /// the line y = p * x through the origin, so that p = sum(x * y) / sum(x * x). Speed-ups are not fitted: the largest of them would count most, and they are the least certain.
    /// </summary>
    /// <param name="times">Numbers of workers with the time relative to that of one.</param>
    /// <returns>From 0 to 1; null if there is no time with more than one worker.</returns>
    public static double? Fit(IEnumerable<(double Workers, double RelativeTime)> times)
    {
        (double xy, double xx) = (0, 0);
        foreach ((double workers, double relative) in times)
        {
            (double x, double y) = (1 - 1 / workers, 1 - relative);
            xy += x * y;
            xx += x * x;
        }

        return xx > 0 ? Math.Clamp(xy / xx, 0, 1) : null;
    }
}
