using System.Diagnostics.CodeAnalysis;

namespace Multiprocessing.Timings.Plotly;

/// <summary>What a notebook kernel asks, by convention, how a <see cref="PlotlyView"/> is shown.</summary>
internal sealed class PlotlyFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<PlotlyView>("text/html", static (view, writer) => PlotlyHtml.Write(view, writer)),
        new TypeFormatter<PlotlyView>("text/plain", static (view, writer) => writer.Write(view.ToString())),
    ];
}
