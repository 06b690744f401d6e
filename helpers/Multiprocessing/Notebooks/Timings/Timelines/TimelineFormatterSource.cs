using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.Timelines;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="Timeline"/> is shown.</summary>
internal sealed class TimelineFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<Timeline>("text/html", static (timeline, writer) =>
            Html.Write(new TimelineReport(timeline.Title, new Lanes(timeline.Take())).ToHtml(), writer)),
        new TypeFormatter<Timeline>("text/plain", static (timeline, writer) => writer.Write(timeline.ToString())),
    ];
}
