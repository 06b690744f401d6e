using System.Globalization;

namespace Multiprocessing.Timings.Charts;

/// <summary>The unit that the times of one chart are written in: one for all of them, or they could not be compared at a glance.</summary>
internal sealed record TimeUnit(string Symbol, TimeSpan Length)
{
    private static readonly TimeUnit Second = new("초", TimeSpan.FromSeconds(1));
    private static readonly TimeUnit Millisecond = new("ms", TimeSpan.FromMilliseconds(1));
    private static readonly TimeUnit Microsecond = new("µs", TimeSpan.FromMicroseconds(1));

    /// <summary>The largest unit in which the longest time has a leading digit within two decimals.</summary>
    public static TimeUnit For(TimeSpan longest) =>
        longest == TimeSpan.Zero || longest >= Second.Length / 10 ? Second
        : longest >= Millisecond.Length / 10 ? Millisecond
        : Microsecond;

    /// <summary>A measured time: with decimals while they mean something.</summary>
    public string Format(TimeSpan time)
    {
        double value = time / Length;
        string format = value switch { < 100 => "F2", < 1000 => "F1", _ => "N0" };
        return value.ToString(format, CultureInfo.InvariantCulture) + Symbol;
    }

    /// <summary>A time that somebody stated: with the decimals that it has.</summary>
    public string FormatExact(TimeSpan time) => (time / Length).ToString("#,0.##", CultureInfo.InvariantCulture) + Symbol;
}
