namespace Multiprocessing.Timings.Charts;

/// <summary>
/// An axis on which each step doubles. Numbers of workers are tried as 1, 2, 4, 8, and with speed-ups on such an axis, too, the ideal is a straight line that a measured one bends away from. Where
/// the bend is - at two processors, often - there is as much room as anywhere; on an even axis up to 8 it would be in the first seventh.
/// </summary>
/// <param name="Least">The number at the beginning; positive.</param>
/// <param name="Most">The number at the end; larger.</param>
/// <param name="Start">Where the axis begins in the drawing.</param>
/// <param name="End">Where it ends.</param>
internal sealed record DoublingAxis(double Least, double Most, double Start, double End)
{
    /// <summary>An axis from a power of two to a power of two that has room for all numbers, and at least for one doubling.</summary>
    public static DoublingAxis Around(double least, double most, double start, double end)
    {
        double low = Math.Floor(Math.Log2(least)), high = Math.Ceiling(Math.Log2(most));
        return new(Math.Pow(2, low), Math.Pow(2, Math.Max(high, low + 1)), start, end);
    }

    /// <summary>Where a number is in the drawing.</summary>
    public double At(double number) => Start + Math.Log2(number / Least) / Math.Log2(Most / Least) * (End - Start);

    /// <summary>The powers of two on the axis; of many, every second, third or so.</summary>
    public IEnumerable<double> Powers(int most)
    {
        int low = (int)Math.Ceiling(Math.Log2(Least)), high = (int)Math.Floor(Math.Log2(Most));
        // 1 is always there: it is what speed-ups are relative to.
        int step = (high - low) / most + 1;
        return Enumerable.Range(low, high - low + 1).Where(power => power % step == 0).Select(power => Math.Pow(2, power));
    }

    /// <summary>Numbers between the ends, by even steps of the drawing.</summary>
    public IEnumerable<double> Steps(int count) => Enumerable.Range(0, count + 1).Select(step => Least * Math.Pow(Most / Least, (double)step / count));
}
