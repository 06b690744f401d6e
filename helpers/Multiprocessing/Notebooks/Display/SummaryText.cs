using System.Globalization;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Display;

/// <summary>Text of others, for a summary.</summary>
internal static class SummaryText
{
    /// <summary>The same text on every system: it is committed with the notebook.</summary>
    public static string Of<T>(T value) =>
        (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString()) ?? "";

    /// <summary>The text without what would break XML or a terminal; its lines stay.</summary>
    public static string Clean(string text) => string.Join('\n', text.Split('\n').Select(static line => ChartText.Clean(line).TrimEnd())).TrimEnd('\n');
}
