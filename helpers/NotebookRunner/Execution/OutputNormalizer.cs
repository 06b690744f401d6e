using System.Globalization;
using System.Text.RegularExpressions;
using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>
/// Takes out of stored outputs what differs from machine to machine and from run to run without meaning anything:
/// the machine's own paths, and random identifiers.
/// </summary>
internal sealed partial class OutputNormalizer
{
    private readonly List<(Regex Path, MatchEvaluator Replacement)> _paths = [];
    private readonly Dictionary<Guid, Guid> _identifiers = [];
    private readonly string _sources;

    /// <param name="root">The folder to call <c>…</c>: the repository of the notebook, or the notebook's own folder.</param>
    /// <param name="home">The folder to call <c>~</c>.</param>
    /// <param name="sources">The code of the notebook: an identifier that is written there is no random one.</param>
    internal OutputNormalizer(string root, string home, string sources)
    {
        _sources = sources;
        AddPath(root, "…");
        AddPath(home, "~");
    }

    /// <summary>The normaliser for a notebook.</summary>
    internal static OutputNormalizer For(NotebookDocument document, NotebookFile file)
    {
        string folder = Path.GetDirectoryName(file.FullPath)!;
        return new OutputNormalizer(
            NotebookFiles.FindRepository(folder) ?? folder,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            string.Concat(document.RunnableCells.Select(cell => cell.Source)));
    }

    /// <summary>Normalises all outputs of a notebook.</summary>
    internal void Apply(NotebookDocument document)
    {
        foreach (NotebookCell cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
            cell.Outputs = [.. cell.Outputs.Select(Normalize)];
    }

    private CellOutput Normalize(CellOutput output) => output switch
    {
        StreamOutput stream => stream with { Text = Normalize(stream.Text) },
        DataOutput data => data with { Data = new MimeBundle(data.Data.Select(Normalize)) },
        ErrorOutput error => error with { Message = Normalize(error.Message), Traceback = [.. error.Traceback.Select(Normalize)] },
        _ => output,
    };

    private KeyValuePair<string, string> Normalize(KeyValuePair<string, string> content) =>
        content.Key.StartsWith("text/", StringComparison.Ordinal) || content.Key is "image/svg+xml" or "application/json"
            ? KeyValuePair.Create(content.Key, Normalize(content.Value))
            : content;

    internal string Normalize(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var (path, replacement) in _paths)
            text = path.Replace(text, replacement);
        return RandomIdentifier().Replace(text, StableIdentifier);
    }

    private void AddPath(string path, string replacement)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        // A home or a repository at the root of the file system leaves no name to look for.
        if (path.Length <= 1 || Path.GetFileName(path).Length == 0)
            return;
        _paths.Add(path.Contains('\\', StringComparison.Ordinal)
            ? OfWindows(path, replacement)
            : (new Regex($@"(?<![\w.-]){Regex.Escape(path)}(?![\w-])", RegexOptions.CultureInvariant), _ => replacement));
    }

    // Written with either separator, twice where the text is code or JSON, and in capitals or not; what follows is stored as on other systems.
    private static (Regex Path, MatchEvaluator Replacement) OfWindows(string path, string replacement)
    {
        string pattern = string.Join(@"[\\/]+", path.TrimEnd('\\').Split('\\').Select(Regex.Escape));
        return (
            new Regex($@"(?<![\w.-]){pattern}(?![\w-])(?<rest>(?:[\\/]+[\w.#()+-]+)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant),
            match => replacement + Separators().Replace(match.Groups["rest"].Value, "/"));
    }

    [GeneratedRegex(@"[\\/]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    private string StableIdentifier(Match match)
    {
        if (_sources.Contains(match.Value, StringComparison.OrdinalIgnoreCase))
            return match.Value;
        var original = Guid.Parse(match.Value);
        if (!_identifiers.TryGetValue(original, out Guid stable))
        {
            stable = Guid.Parse((_identifiers.Count + 1).ToString("x32", CultureInfo.InvariantCulture));
            _identifiers.Add(original, stable);
        }

        return stable.ToString(match.Value.Contains('-', StringComparison.Ordinal) ? "D" : "N");
    }

    // GUIDs of version 4 and 7, which is what random ones are; so a checksum in hexadecimal digits is left alone, nearly always.
    [GeneratedRegex(
        "(?<![0-9a-fA-F])(?:[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[0-9a-f]{12}[47][0-9a-f]{3}[89ab][0-9a-f]{15})(?![0-9a-fA-F])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RandomIdentifier();
}
