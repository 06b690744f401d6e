using System.Globalization;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;
using static Multiprocessing.Timings.Charts.ChartStyle;

namespace Multiprocessing.Timings.Progress;

/// <summary>The drawing of a <see cref="ProgressBar"/>: its title, its count, and the bar on a track below them.</summary>
internal static class ProgressChart
{
    private const double Height = 72;
    private const double TextLine = 32;
    private const double TrackTop = 44;
    private const double TrackHeight = 12;

    public static XElement Draw(ProgressBar bar)
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{bar.Done}/{bar.Total}");
        double track = Width - 2 * Margin;
        string title = ChartText.Fit(bar.Title, LabelSize, track - Gap - ChartText.Width(count, LabelSize));
        return ChartFrame.Svg(bar.Title, bar.ToString(), Height,
        [
            ChartFrame.Text(title, Margin, TextLine, LabelSize, "text", bold: true),
            ChartFrame.Text(count, Width - Margin, TextLine, LabelSize, "text", anchor: "end"),
            Track(track, "grid"),
            Track(track * bar.Fraction, "bar"),
        ]);
    }

    private static XElement Track(double width, string role) => ChartFrame.Rectangle(Margin, TrackTop, width, TrackHeight, role, TrackHeight / 2);
}
