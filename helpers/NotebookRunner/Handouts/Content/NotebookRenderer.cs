using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Images;
using NotebookRunner.Handouts.Safety;
using NotebookRunner.Handouts.Scripts;
using NotebookRunner.Handouts.Styles;
using NotebookRunner.Handouts.Terminals;

namespace NotebookRunner.Handouts.Content;

/// <summary>Renders the cells of one notebook.</summary>
internal sealed partial class NotebookRenderer
{
    private readonly NotebookDocument _document;
    private readonly NotebookFile _file;
    private readonly HandoutOptions _options;
    private readonly string _language;
    private readonly HandoutLabels _labels;
    private readonly ElementIds _ids = new();
    private readonly Dictionary<NotebookCell, string> _cellIds = [];
    private readonly ImageSource _imageSource;
    private readonly CodeColorizer _colorizer;
    private readonly MarkdownRenderer _markdown;
    private readonly Outline _outline;
    private readonly ScriptEmbedder _scripts;
    private readonly OutputRenderer _outputs;
    private int _colored;

    /// <summary>Begins with what takes longest: colouring the code.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Where it comes from.</param>
    /// <param name="options">How the handout differs from it.</param>
    internal NotebookRenderer(NotebookDocument document, NotebookFile file, HandoutOptions options)
    {
        string folder = Path.GetDirectoryName(file.FullPath)!;
        _document = document;
        _file = file;
        _options = options;
        _language = LanguageOf(document);
        _labels = HandoutLabels.For(_language);
        _imageSource = new ImageSource(folder);
        var scopes = new StyleScopes(file.Name);
        var images = new ImageEmbedder(_imageSource, _labels, _ids, scopes);
        _colorizer = new CodeColorizer(folder, [.. document.RunnableCells.Where(IsCSharp).Select(SourceOf)]);
        _markdown = new MarkdownRenderer(images, _colorizer, _labels, _ids);
        _outline = new Outline(_ids);
        _scripts = new ScriptEmbedder(options.Scripts, _labels);
        _outputs = new OutputRenderer(_markdown, images, _scripts, scopes, _outline, _ids, _labels);
    }

    /// <summary>Renders the cells. Their code is empty until <see cref="Complete"/>, so that nothing waits for the compiler in between.</summary>
    internal NotebookContent Render()
    {
        foreach (string id in IdsForScripts())
            _ids.Reserve(id);
        // A cell keeps its id whatever the headings are called.
        foreach (NotebookCell cell in _document.Cells.Where(cell => cell.Kind == CellKind.Code))
            _cellIds[cell] = _ids.Add("cell-" + (cell.Id ?? cell.Position.ToString(CultureInfo.InvariantCulture)));

        IElement body = HtmlFragment.Parse("");
        foreach (NotebookCell cell in _document.Cells)
            body.Append([.. RenderCell(cell)]);
        CSharpSections.Mark(body, _labels.InCSharp);
        string title = _outline.Title?.TextContent.Trim() is { Length: > 0 } own ? own : _file.Name;
        return new NotebookContent
        {
            Name = _file.Name,
            FileName = Path.GetFileName(_file.FullPath),
            Language = _language,
            Title = title,
            ListTitle = title,
            TitleAnchor = _outline.Title?.Id,
            Body = body,
            Headings = _outline.Headings,
            MissingImages = _imageSource.Missing,
            LeftOut = _outputs.LeftOut,
            Scripts = _scripts.Used,
            MissingScripts = _scripts.Missing,
        };
    }

    /// <summary>Waits for the code.</summary>
    internal void Complete() => _colorizer.Complete();

    private IEnumerable<IElement> RenderCell(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => RenderMarkdownCell(cell),
        CellKind.Code when !cell.IsBlank => [RenderCodeCell(cell)],
        // What a raw cell holds is meant for some other program.
        _ => [],
    };

    /// <summary>One part a heading, so that each can be kept together and marked as what it is.</summary>
    private IEnumerable<IElement> RenderMarkdownCell(NotebookCell cell)
    {
        IElement content = _markdown.Render(cell.Source, cell.Attachments, _colored);
        _outline.Add(content);
        if (_options.Solutions)
        {
            foreach (IElement details in content.QuerySelectorAll("details"))
                details.SetAttribute("open", "");
        }

        IElement? part = null;
        foreach (INode node in content.ChildNodes.ToArray())
        {
            if (part is null || node is IElement { LocalName: "h2" or "h3" or "h4" or "h5" or "h6" })
            {
                if (part is not null && !IsEmpty(part))
                    yield return part;
                part = content.Owner!.CreateElement("div");
                part.ClassName = "cell prose";
            }

            part.Append(node);
        }

        if (part is not null && !IsEmpty(part))
            yield return part;
    }

    private static bool IsEmpty(IElement part) => part.ChildElementCount == 0 && string.IsNullOrWhiteSpace(part.TextContent);

    private IElement RenderCodeCell(NotebookCell cell)
    {
        string number = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        string label = cell.ExecutionCount is null ? $"{_labels.CodeCell}, {_labels.NotRun}" : $"{_labels.CodeCell} {number}";

        IElement element = HtmlFragment.Parse(
            $"""<div class="input"><p class="label" aria-hidden="true">{_labels.Input} <span class="number">[{number}]</span></p><pre><code></code></pre></div>""");
        IElement code = element.QuerySelector("code")!;
        if (IsCSharp(cell))
            _colorizer.ShowCell(_colored++, code);
        else
            code.InnerHtml = CodeHtml.Of(SourceOf(cell));
        element.ClassName = "cell code";
        element.Id = _cellIds[cell];
        element.SetAttribute("role", "group");
        element.SetAttribute("aria-label", label);
        if (RenderOutputs(cell, element) is { } outputs)
        {
            outputs.SetAttribute("role", "group");
            outputs.SetAttribute("aria-label", $"{(_options.Blank ? _labels.Notes : _labels.Output)} {number}".Trim());
            element.Append(outputs);
        }

        return element;
    }

    private IElement? RenderOutputs(NotebookCell cell, IElement element)
    {
        IReadOnlyList<CellOutput> outputs = StreamBlocks.Join(cell.Outputs);
        if (_options.Blank)
            return NoteLines.For(outputs, cell.ExecutionCount is not null, _labels, element.Owner!);
        if (outputs.Count == 0)
            return null;
        IElement group = element.Owner!.CreateElement("div");
        group.ClassName = "outputs";
        group.InnerHtml = $"""<p class="label" aria-hidden="true">{_labels.Output}</p>""";
        bool errorIsExpected = cell.Tags.Contains(CellExpectation.RaisesExceptionTag);
        group.Append([.. outputs.Select(output => _outputs.Render(output, errorIsExpected, cell.Attachments, _colored))]);
        return group;
    }

    /// <summary>The ids by which scripts in outputs find their elements: if a heading had one of them, the script would find the heading.</summary>
    private IEnumerable<string> IdsForScripts() =>
        from cell in _document.Cells
        where cell.Kind == CellKind.Code
        from output in cell.Outputs.OfType<DataOutput>()
        let html = output.Data["text/html"]
        where html?.Contains("<script", StringComparison.OrdinalIgnoreCase) is true
        from Match id in IdAttribute().Matches(html)
        select id.Groups["id"].Value;

    private bool IsCSharp(NotebookCell cell) => NotebookLanguage.IsCSharp(_document.LanguageOf(cell));

    private static string SourceOf(NotebookCell cell) => cell.Source.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string LanguageOf(NotebookDocument document) =>
        document.Metadata.StringAt("lang") is { } language && LanguageTag().IsMatch(language) ? language : "ko";

    [GeneratedRegex("""\sid\s*=\s*["']?(?<id>[^"'\s>]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdAttribute();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
