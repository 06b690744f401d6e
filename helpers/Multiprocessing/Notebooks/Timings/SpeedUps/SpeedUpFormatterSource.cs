using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.SpeedUps;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="SpeedUpCurve"/> is shown.</summary>
internal sealed class SpeedUpFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<SpeedUpCurve>("text/html", static (curve, writer) => Html.Write(new SpeedUpReport(curve).ToHtml(), writer)),
        new TypeFormatter<SpeedUpCurve>("text/plain", static (curve, writer) => writer.Write(curve.ToString())),
    ];
}
