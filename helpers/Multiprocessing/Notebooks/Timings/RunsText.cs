using System.Globalization;

namespace Multiprocessing.Timings;

/// <summary>Says how often something was measured.</summary>
internal static class RunsText
{
    public static string Count(int runs) => string.Create(CultureInfo.InvariantCulture, $"{runs}회");

    /// <summary>One run is no median.</summary>
    public static string Median(int runs) => Count(runs) + (runs == 1 ? "" : "의 중앙값");

    /// <summary>What stands below a chart's heading.</summary>
    /// <param name="runs">How many runs each time is the median of; null where times differ in that.</param>
    public static string Note(int? runs) => $"{(runs is { } all ? Median(all) : "중앙값")}, 가는 선은 최소에서 최대까지";
}
