using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings.Plotly;

/// <summary>Writes a chart so that a reader without plotly.js sees the figures, or the picture of it that stands in its place.</summary>
/// <remarks>
/// The element with <c>data-picture-of</c> is empty here. NotebookRunner fills it with a picture when it stores the output, and is not asked for by name: a kernel that stores none leaves it empty.
/// </remarks>
internal static class PlotlyHtml
{
    public static void Write(PlotlyView view, TextWriter writer)
    {
        XElement table = view.Table.ToHtml("표로 보기");
        table.SetAttributeValue("open", "");
        writer.Write($"<div>\n<div hidden=\"\">{view.Chart.Markup}</div>\n<div data-picture-of=\"{view.Chart.Id}\"></div>\n");
        Html.Write(table, writer);
        writer.Write($"\n<script src=\"{PlotlyView.ScriptAddress}\"></script>\n<script>\n{Script(view.Chart)}\n</script>\n</div>");
    }

    // Editors put a cell's scripts into the page one by one, and do not wait for one from the network: so this one waits, for a minute. Where a page has RequireJS, as Jupyter's have,
    // plotly.js hands itself to that, unasked and without a name, of which it complains once; after that it can be asked for. A page can have the same view, and so the same id, more than once:
    // each of its scripts draws into one that is not drawn yet, and takes the id away. What stands after the chart's place is its picture, and then the table.
    private static string Script(ChartHtml chart) => $$"""
        (function draw(tries) {
            if (!window.Plotly) {
                if (window.requirejs) if (tries % 10 === 0)
                    try { requirejs(['{{PlotlyView.ScriptAddress}}'], function (plotly) { window.Plotly = plotly; }); } catch (unnamed) { }
                if (tries > 0) setTimeout(draw, 100, tries - 1);
                return;
            }
            var chart = document.querySelector('[hidden] [id="{{chart.Id}}"]');
            if (!chart) return;
            var place = chart.closest('[hidden]');
            place.hidden = false;
            place.nextElementSibling.remove();
            place.nextElementSibling.open = false;
            (function () {
            {{chart.Script}}
            })();
            chart.removeAttribute('id');
        })(600);
        """;
}
