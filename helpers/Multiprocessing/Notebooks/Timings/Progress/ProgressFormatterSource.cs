using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.Progress;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="ProgressBar"/> is shown.</summary>
internal sealed class ProgressFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<ProgressBar>("text/html", static (bar, writer) => Html.Write(new ProgressChart(bar).ToSvg(), writer)),
        new TypeFormatter<ProgressBar>("text/plain", static (bar, writer) => writer.Write(bar.ToString())),
    ];
}
