using System.Text.RegularExpressions;
using System.Xml.Linq;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Timings;

/// <summary>
/// A library's HTML of one chart, taken apart, and written again so that a reader without plotly.js sees the figures, or the picture of it
/// that stands in its place.
/// </summary>
/// <param name="Id">The id by which the script finds its element.</param>
/// <param name="Markup">The element that the chart is drawn into.</param>
/// <param name="Script">What draws it; nothing in it ends the script element early.</param>
/// <remarks>
/// The element with <c>data-picture-of</c> is empty here. NotebookRunner fills it with a picture when it stores the output, and is not
/// asked for by name: a kernel that stores none leaves it empty.
/// </remarks>
internal sealed partial record PlotlyHtml(string Id, string Markup, string Script)
{
    public static PlotlyHtml Parse(string html)
    {
        Match script = ScriptElement().Match(html);
        string markup = script.Success ? html[..script.Index] + html[(script.Index + script.Length)..] : html;
        if (markup.Contains("<html", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "This is a whole page. Give the chart alone: GenericChart.toChartHTML(chart) of Plotly.NET, chart.GetInlineHtml() of XPlot.Plotly.", nameof(html));
        }

        Match id = FirstId().Match(markup);
        if (!script.Success || !id.Success)
        {
            throw new ArgumentException(
                "There is no element with an id and a script that draws into it. Give what GenericChart.toChartHTML(chart) or chart.GetInlineHtml() returns.",
                nameof(html));
        }

        return new(id.Groups["id"].Value, markup.Trim(), Escape(script.Groups["code"].Value.ReplaceLineEndings("\n").Trim()));
    }

    /// <param name="table">The figures, which stand in for the chart until the script comes.</param>
    /// <param name="writer">Where to.</param>
    public void Write(DataTable table, TextWriter writer)
    {
        XElement figures = table.ToHtml("표로 보기");
        figures.SetAttributeValue("open", "");
        writer.Write($"<div>\n<div hidden=\"\">{Markup}</div>\n<div data-picture-of=\"{Id}\"></div>\n");
        Html.Write(figures, writer);
        writer.Write($"\n<script src=\"{PlotlyView.ScriptAddress}\"></script>\n<script>\n{Drawing()}\n</script>\n</div>");
    }

    // Editors put a cell's scripts into the page one by one, and do not wait for one from the network: so this one waits, for a minute.
    // Where a page has RequireJS, as Jupyter's have, plotly.js hands itself to that, unasked and without a name, of which it complains
    // once; after that it can be asked for. A page can have the same view, and so the same id, more than once: each of its scripts draws
    // into one that is not drawn yet, and takes the id away. What stands after the chart's place is its picture, and then the table.
    private string Drawing() => $$"""
        (function draw(tries) {
            if (!window.Plotly) {
                if (window.requirejs) if (tries % 10 === 0)
                    try { requirejs(['{{PlotlyView.ScriptAddress}}'], function (plotly) { window.Plotly = plotly; }); } catch (unnamed) { }
                if (tries > 0) setTimeout(draw, 100, tries - 1);
                return;
            }
            var chart = document.querySelector('[hidden] [id="{{Id}}"]');
            if (!chart) return;
            var place = chart.closest('[hidden]');
            place.hidden = false;
            place.nextElementSibling.remove();
            place.nextElementSibling.open = false;
            (function () {
            {{Script}}
            })();
            chart.removeAttribute('id');
        })(600);
        """;

    // To JavaScript, in whose strings labels are, a backslash before such a character is nothing.
    private static string Escape(string code) => code
        .Replace("</", "<\\/", StringComparison.Ordinal)
        .Replace("<!--", "<\\!--", StringComparison.Ordinal);

    // To the last end tag, since the first may stand in a label.
    [GeneratedRegex("<script[^>]*>(?<code>.*)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("""\bid="(?<id>[\w-]+)"|\bid='(?<id>[\w-]+)'""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FirstId();
}
