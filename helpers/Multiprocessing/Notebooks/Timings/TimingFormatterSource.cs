using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="TimingComparison"/> is shown.</summary>
internal sealed class TimingFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<TimingComparison>("text/html", static (comparison, writer) => Html.Write(new TimingReport(comparison).ToHtml(), writer)),
        new TypeFormatter<TimingComparison>("text/plain", static (comparison, writer) => writer.Write(comparison.ToString())),
    ];
}
