using System.Globalization;

namespace Multiprocessing.Timings.SpeedUps;

/// <summary>The times of one kind of work by different numbers of workers.</summary>
internal sealed class SpeedUpSeries(string name)
{
    private readonly SortedList<int, Timing> _timings = [];

    public string Name => name;

    /// <summary>From the fewest workers to the most.</summary>
    public IEnumerable<SpeedUpPoint> Points => _timings.Select(timing => new SpeedUpPoint(name, timing.Key, timing.Value));

    /// <summary>How many processors the workers share, of the law that is fitted; null if nobody has asked for that.</summary>
    public int? FittedProcessors { get; set; }

    /// <summary>The fraction of the fitted law; null if none is asked for, or none can be had any more: times may have been replaced since.</summary>
    public double? Fraction => FittedProcessors is { } processors && Alone > TimeSpan.Zero ? Fit(processors, Alone.Value) : null;

    public void Keep(int workers, Timing timing) => _timings[workers] = timing;

    /// <exception cref="KeyNotFoundException">There is no time with so many workers.</exception>
    /// <exception cref="InvalidOperationException">There is none with one.</exception>
    public double SpeedUp(int workers)
    {
        if (!_timings.TryGetValue(workers, out Timing? timing))
            throw new KeyNotFoundException($"'{name}' has no time with {Number(workers)} workers. There are: {string.Join(", ", _timings.Keys.Select(Number))}.");
        TimeSpan alone = Alone ?? throw NoTimeAlone();
        return SpeedUp(alone, timing.Elapsed);
    }

    /// <summary>The speed-ups that can be told, with those of the slowest and the fastest run.</summary>
    public IEnumerable<(int Workers, double SpeedUp, double Least, double Most)> SpeedUps => Alone is not { } alone
        ? []
        : _timings.Select(timing => (timing.Key, SpeedUp(alone, timing.Value.Elapsed), SpeedUp(alone, timing.Value.Slowest), SpeedUp(alone, timing.Value.Fastest)))
            .Where(point => point.Item2 > 0 && double.IsFinite(point.Item2));

    /// <summary>The fraction of the work that could be divided, by Amdahl's law.</summary>
    /// <param name="processors">More workers than this are no faster.</param>
    /// <exception cref="InvalidOperationException">It takes a time with one worker, and another with more.</exception>
    public double FitAmdahl(int processors)
    {
        TimeSpan alone = Alone ?? throw NoTimeAlone();
        if (alone == TimeSpan.Zero)
            throw new InvalidOperationException($"'{name}' took no measurable time with 1 worker: give it more to do.");
        return Fit(processors, alone)
            ?? throw new InvalidOperationException($"'{name}' has no time with more than one worker on more than one processor: measure it with workers: 2, too.");
    }

    /// <summary>
    /// The speed-up by Amdahl's law (see <see cref="SpeedUpCurve.FitAmdahl"/>): of a work whose fraction p can be divided and whose rest
    /// cannot, m workers do T(m) = T(1) * ((1 - p) + p / m), so that it becomes at most 1 / (1 - p) times as fast.
    /// </summary>
    public static double LawOfAmdahl(double fraction, double workers) => 1 / (1 - fraction + fraction / workers);

    private TimeSpan? Alone => _timings.TryGetValue(1, out Timing? alone) ? alone.Elapsed : null;

    private double? Fit(int processors, TimeSpan alone) =>
        Fit(_timings.Select(timing => ((double)Math.Min(timing.Key, processors), timing.Value.Elapsed / alone)));

    /// <summary>
    /// The fraction that makes the squares of the differences between measured and given times the least, each time divided by that of one
    /// worker. With x = 1 - 1/m and y = 1 - T(m)/T(1) the law is the line y = p * x through the origin, so that p = sum(x * y) / sum(x *
    /// x). Speed-ups are not fitted: the largest of them would count most, and they are the least certain.
    /// </summary>
    /// <param name="times">Numbers of workers with the time relative to that of one.</param>
    /// <returns>From 0 to 1; null if there is no time with more than one worker.</returns>
    private static double? Fit(IEnumerable<(double Workers, double RelativeTime)> times)
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

    private InvalidOperationException NoTimeAlone() =>
        new($"'{name}' has no time with 1 worker, which a speed-up is relative to: measure it with workers: 1, too.");

    private static double SpeedUp(TimeSpan alone, TimeSpan elapsed) => elapsed == alone ? 1 : alone / elapsed;

    private static string Number(int workers) => workers.ToString(CultureInfo.InvariantCulture);
}
