using Multiprocessing.Notebooks.Display;
using Multiprocessing.Timings.Charts;
using Multiprocessing.Timings.Timelines;

namespace Multiprocessing.Timings;

/// <summary>
/// A chart that plotly.js draws in the reader's browser, made by a library such as Plotly.NET or XPlot.Plotly. As the last expression of a cell it shows the chart; where the script does
/// not come - there is no network, or the viewer runs no scripts - it shows the table of the figures, and in a notebook that NotebookRunner has stored with it, a picture of the chart.
/// </summary>
/// <remarks>
/// The libraries' own HTML is blank without the script, and a label with <c>&lt;/script&gt;</c> in it ends theirs. plotly.js comes from <see cref="ScriptAddress"/>; it is asked for by a tag in each
/// view and loaded once a page. What is stored with the notebook are a few kilobytes.
/// </remarks>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class PlotlyView : INotebookView
{
    /// <summary>
    /// Where browsers load plotly.js from. Of this version both libraries' charts are drawn whole: it is the one that Plotly.NET 6 brings, and the charts of XPlot.Plotly 4.1, which knows 1.58, have
    /// no titles from version 3 on.
    /// </summary>
    public const string ScriptAddress = "https://cdn.plot.ly/plotly-2.28.0.min.js";

    private readonly PlotlyHtml _chart;
    private readonly object _figures;

    /// <summary>A chart of a comparison.</summary>
    /// <param name="html">The chart as the library writes it into a page: <c>GenericChart.toChartHTML(chart)</c> of Plotly.NET, <c>chart.GetInlineHtml()</c> of XPlot.Plotly.</param>
    /// <param name="figures">What it shows.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="html"/> is a whole page, or has no script.</exception>
    public PlotlyView(string html, TimingComparison figures)
        : this(html, (object)figures)
    {
    }

    /// <summary>A chart of a timeline.</summary>
    /// <inheritdoc cref="PlotlyView(string, TimingComparison)"/>
    public PlotlyView(string html, Timeline figures)
        : this(html, (object)figures)
    {
    }

    private PlotlyView(string html, object figures)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(figures);
        _chart = PlotlyHtml.Parse(html);
        _figures = figures;
    }

    private DataTable Table => _figures is Timeline timeline
        ? new TimelineReport(timeline.Title, new Lanes(timeline.Take())).Table()
        : new TimingReport((TimingComparison)_figures).Table();

    void INotebookView.WriteHtml(TextWriter writer) => _chart.Write(Table, writer);

    /// <summary>The title and the table of the figures.</summary>
    public override string ToString() => _figures.ToString()!;
}
