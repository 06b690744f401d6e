using System.Globalization;

namespace Multiprocessing.Timings;

/// <summary>How a chart and its table say what was measured.</summary>
internal static class TimingText
{
    /// <summary>What stands in a table where there is nothing to say.</summary>
    public const string Nothing = "–";

    /// <summary>How many times as fast something is, with the decimals that mean something.</summary>
    public static string Ratio(double ratio) =>
        ratio.ToString(ratio switch { < 1 => "F2", < 100 => "F1", _ => "N0" }, CultureInfo.InvariantCulture) + "배";

    /// <summary>How often something was measured.</summary>
    public static string Count(int runs) => string.Create(CultureInfo.InvariantCulture, $"{runs}회");

    /// <summary>One run is no median.</summary>
    public static string Median(int runs) => Count(runs) + (runs == 1 ? "" : "의 중앙값");

    /// <summary>What stands below a chart's heading; null if everything was measured once.</summary>
    public static string? Note(IEnumerable<Timing> timings) => timings.Select(timing => timing.Runs).Distinct().ToArray() switch
    {
        [] or [1] => null,
        var runs => $"{(runs is [int all] ? Median(all) : "중앙값")}, 가는 선은 최소에서 최대까지",
    };
}
