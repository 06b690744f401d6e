using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Printing;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Pictures;

/// <summary>Puts a picture of each chart that plotly.js draws into the outputs of a notebook, so that a reader without the script sees the chart.</summary>
internal sealed class ChartPainter
{
    // Of the page's own clock, which goes as fast as the browser can; a chart takes a few hundredths of it.
    private const string PageTime = "60000";

    private readonly string _browser;
    private readonly PlotlyScript _plotly;
    private readonly TimeSpan _limit;

    /// <param name="browser">The path of a browser of the Chromium family.</param>
    /// <param name="plotly">plotly.js.</param>
    internal ChartPainter(string browser, PlotlyScript plotly)
        : this(browser, plotly, TimeSpan.FromMinutes(2))
    {
    }

    /// <param name="browser">The path of a browser of the Chromium family.</param>
    /// <param name="plotly">plotly.js.</param>
    /// <param name="limit">How long the browser may take for a notebook.</param>
    internal ChartPainter(string browser, PlotlyScript plotly, TimeSpan limit)
    {
        _browser = browser;
        _plotly = plotly;
        _limit = limit;
    }

    /// <summary>Whether a notebook has charts to draw.</summary>
    internal static bool HasCharts(NotebookDocument document) => document.RunnableCells.SelectMany(cell => cell.Outputs).Any(output => PicturePlace.Html(output) is not null);

    /// <summary>Draws all charts in the outputs.</summary>
    /// <param name="document">The notebook, after its cells have run.</param>
    /// <param name="file">Where it comes from.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <returns>What could not be drawn, and why; those charts have no picture.</returns>
    internal async Task<IReadOnlyList<string>> PaintAsync(NotebookDocument document, NotebookFile file, CancellationToken cancellationToken)
    {
        NotebookCell[] cells = [.. document.RunnableCells];
        Chart[] charts = [.. cells.SelectMany((cell, index) => ChartsIn(cell, CellPlace.Of(cells, index, file)))];
        List<string> problems = [];
        foreach (Chart chart in charts)
            chart.TakeScript(_plotly);
        Chart[] drawable = [.. charts.Where(chart => chart.Problem is null)];
        if (drawable.Length > 0)
            await PaintAsync(drawable, cancellationToken);

        foreach (Chart chart in charts)
        {
            if (chart.Problem is { } problem)
                problems.Add($"{chart.Place}: its chart could not be drawn: {problem}");
        }

        foreach (var group in charts.Where(chart => chart.Problem is null).GroupBy(chart => (chart.Cell, chart.Index)))
            Store(group.Key.Cell, group.Key.Index, [.. group]);
        return problems;
    }

    private async Task PaintAsync(Chart[] charts, CancellationToken cancellationToken)
    {
        await using var browser = new HeadlessBrowser(_browser);
        string page = browser.FileInFolder("charts.html");
        await File.WriteAllTextAsync(page, PaintingPage.Write(charts.Select(chart => chart.Html), _plotly.Script), cancellationToken);
        BrowserResult result;
        try
        {
            result = await browser.RunAsync(page, ["--dump-dom", $"--virtual-time-budget={PageTime}"], _limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            result = new BrowserResult("", $"{_browser} did not end within {_limit.TotalSeconds:F0} seconds", 0);
        }

        IReadOnlyList<PaintedChart>? painted = PaintingPage.Read(result.Output);
        foreach (var (chart, index) in charts.Select((chart, index) => (chart, index)))
        {
            if (painted?.ElementAtOrDefault(index) is not { } drawn)
                chart.Problem = $"{_browser} gave no page back (exit code {result.ExitCode}). {result.LastError}".TrimEnd();
            else if (drawn.Svg is null || Picture.From(drawn.Svg, chart.Name) is not { } picture)
                chart.Problem = CellPlace.Shorten(drawn.Problem ?? "it is no drawing", 300);
            else
                chart.Picture = picture;
        }
    }

    private static IEnumerable<Chart> ChartsIn(NotebookCell cell, CellPlace place) =>
        from output in cell.Outputs.Select((output, index) => (Output: output, Index: index))
        let html = PicturePlace.Html(output.Output)
        where html is not null
        from number in Enumerable.Range(0, PicturePlace.In(HtmlFragment.Parse(html)).Count)
        let name = ((DataOutput)output.Output).Data["text/plain"]?.Split('\n')[0].Trim()
        select new Chart(cell, place, output.Index, number, html, name is { Length: > 0 } ? name : "Plotly");

    private static void Store(NotebookCell cell, int index, IReadOnlyList<Chart> charts)
    {
        CellOutput[] outputs = [.. cell.Outputs];
        var output = (DataOutput)outputs[index];
        IElement content = HtmlFragment.Parse(output.Data["text/html"]!);
        IReadOnlyList<IElement> places = PicturePlace.In(content);
        foreach (Chart chart in charts)
            PicturePlace.Fill(places[chart.Number], chart.Picture!);
        outputs[index] = output with { Data = new MimeBundle(output.Data.Select(form => form.Key == "text/html" ? KeyValuePair.Create(form.Key, content.InnerHtml) : form)) };
        cell.Outputs = outputs;
    }

    /// <summary>A chart in an output.</summary>
    private sealed class Chart(NotebookCell cell, CellPlace place, int index, int number, string html, string name)
    {
        internal NotebookCell Cell => cell;
        internal CellPlace Place => place;
        internal int Index => index;
        internal int Number => number;
        internal string Name => name;
        internal string Html { get; private set; } = "";
        internal string? Picture { get; set; }
        internal string? Problem { get; set; }

        /// <summary>Leaves of the output this chart alone, and takes the request for the script out, which the page has.</summary>
        internal void TakeScript(PlotlyScript plotly)
        {
            IElement chart = PicturePlace.In(HtmlFragment.Parse(html))[number].ParentElement!;
            IElement[] requests = [.. chart.QuerySelectorAll("script[src]")];
            if (requests.Select(request => request.GetAttribute("src")!).FirstOrDefault(address => !plotly.IsAskedForBy(address)) is { } other)
                Problem = $"it asks for {CellPlace.Shorten(other, 200)}, and the script at hand is plotly.js {plotly.Version}";
            foreach (IElement request in requests)
                request.Remove();
            Html = chart.OuterHtml;
        }
    }
}
