using System.Text.RegularExpressions;

namespace Multiprocessing.Timings.Plotly;

/// <summary>A library's HTML of one chart, taken apart.</summary>
/// <param name="Id">The id by which the script finds its element.</param>
/// <param name="Markup">The element that the chart is drawn into.</param>
/// <param name="Script">What draws it; nothing in it ends the script element early.</param>
internal sealed partial record ChartHtml(string Id, string Markup, string Script)
{
    public static ChartHtml Parse(string html)
    {
        Match script = ScriptElement().Match(html);
        string markup = script.Success ? html[..script.Index] + html[(script.Index + script.Length)..] : html;
        if (markup.Contains("<html", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("This is a whole page. Give the chart alone: GenericChart.toChartHTML(chart) of Plotly.NET, chart.GetInlineHtml() of XPlot.Plotly.", nameof(html));
        Match id = FirstId().Match(markup);
        if (!script.Success || !id.Success)
            throw new ArgumentException("There is no element with an id and a script that draws into it. Give what GenericChart.toChartHTML(chart) or chart.GetInlineHtml() returns.", nameof(html));
        return new(id.Groups["id"].Value, markup.Trim(), Escape(script.Groups["code"].Value.ReplaceLineEndings("\n").Trim()));
    }

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
