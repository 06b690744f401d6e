using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using NotebookRunner.Handouts.Scripts;

namespace NotebookRunner.Pictures;

/// <summary>A page in which a browser lets plotly.js draw charts, and that becomes, once it has, a list of the drawings.</summary>
internal static class PaintingPage
{
    // What a chart's script says of itself is for whoever runs the notebook. The library's own export is a promise.
    private const string Script =
        """
        (async function () {
            const drawings = [];
            for (const chart of document.querySelectorAll('section')) {
                const drawn = chart.querySelector('.js-plotly-plot');
                try {
                    if (!drawn) throw new Error('its script has drawn nothing' + (failures.length ? ' (' + failures.join('; ') + ')' : ''));
                    const { width, height } = drawn._fullLayout;
                    drawings.push({ svg: await Plotly.toImage(drawn, { format: 'svg', imageDataOnly: true, width, height }) });
                } catch (error) {
                    drawings.push({ problem: String(error.message || error) });
                }
            }
            document.body.innerHTML = '<pre></pre>';
            document.head.innerHTML = '';
            document.querySelector('pre').textContent = JSON.stringify(drawings);
        })();
        """;

    /// <param name="charts">The HTML of each chart, without the request for plotly.js.</param>
    /// <param name="plotly">plotly.js.</param>
    internal static string Write(IEnumerable<string> charts, ScriptFile plotly)
    {
        var page = new StringBuilder(
            $"""
            <!DOCTYPE html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <script>const failures = []; addEventListener('error', event => failures.push(event.message));</script>
            {plotly.ToHtml()}</head>
            <body>

            """);
        foreach (string chart in charts)
            page.Append("<section>").Append(chart).Append("</section>\n");
        return page.Append("<script>\n").Append(Script).Append("\n</script>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Reads what the page has become.</summary>
    /// <param name="html">The page as the browser gives it back.</param>
    /// <returns>A drawing, or what is wrong, for each chart; null if the page did not come to its end.</returns>
    internal static IReadOnlyList<PaintedChart>? Read(string html)
    {
        try
        {
            return new HtmlParser().ParseDocument(html).QuerySelector("body > pre:only-child")?.TextContent is { } json
                ? JsonSerializer.Deserialize<PaintedChart[]>(json, JsonSerializerOptions.Web)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
