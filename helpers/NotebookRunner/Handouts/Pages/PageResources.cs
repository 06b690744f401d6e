namespace NotebookRunner.Handouts.Pages;

/// <summary>The style sheet and the script of every page. They lie beside this file and are embedded in the program.</summary>
internal static class PageResources
{
    // In the order in which they apply.
    private static readonly string[] StyleSheets = ["base.css", "layout.css", "prose.css", "code.css", "outputs.css", "print.css"];

    private static readonly Lazy<string> LazyStyle = new(() => string.Concat(StyleSheets.Select(Read)));
    private static readonly Lazy<string> LazyScript = new(() => Read("page.js"));

    internal static string Style => LazyStyle.Value;

    internal static string Script => LazyScript.Value;

    private static string Read(string name)
    {
        using Stream stream = typeof(PageResources).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
