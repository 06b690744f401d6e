using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>
/// Which cells of a notebook are passed over because this machine cannot restore a package: the tagged cell that asks for it, and the
/// tagged cells after it that need it. A cell needs what it asks for itself and what its metadata names, <c>"needs": ["Id"]</c>; one that does neither
/// needs all that was asked for before it.
/// </summary>
internal sealed partial class OptionalPackages
{
    /// <summary>The tag of a cell that needs a package which is not everywhere to be had.</summary>
    internal const string Tag = "optional-package";

    // In the metadata of the output that stands in the place of the cell's own.
    private const string SkippedKey = "skipped";

    private const string SkippedPrefix = "Skipped: ";

    private const string NeedsKey = "needs";

    // Each with the number of the cell that could not restore it.
    private readonly Dictionary<string, int> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The packages that a cell asks for.</summary>
    internal static IEnumerable<string> AskedFor(NotebookCell cell) => PackageDirective().Matches(cell.Source).Select(match => match.Groups["id"].Value);

    /// <summary>The packages that a cell's metadata says it needs.</summary>
    internal static IEnumerable<string> Needs(NotebookCell cell) => cell.Metadata[NeedsKey] switch
    {
        null => [],
        JsonArray ids => ids.Select(MultilineText.Read),
        var id => [MultilineText.Read(id)],
    };

    /// <summary>Why the cell is not to be run at all; null if it is.</summary>
    internal string? ReasonToSkip(NotebookCell cell)
    {
        if (_missing.Count == 0 || !cell.Tags.Contains(Tag))
            return null;
        bool isStated = cell.Metadata.ContainsKey(NeedsKey) || AskedFor(cell).Any();
        string? id = isStated ? Needs(cell).FirstOrDefault(_missing.ContainsKey) : _missing.MinBy(package => package.Value).Key;
        return id is null ? null
            : isStated ? $"it needs {id}, which code cell {_missing[id]} could not restore"
            : $"it needs the package that code cell {_missing[id]} could not restore";
    }

    /// <summary>Why the cell, which was run and has failed, counts as passed over, and what is in the package's way; null if it is a failure.</summary>
    internal (string Reason, string Cause)? ReasonForFailure(NotebookCell cell, int number, IReadOnlyList<CellOutput> outputs)
    {
        if (!cell.Tags.Contains(Tag) || PackageDirective().Match(cell.Source) is not { Success: true } directive)
            return null;
        if (outputs.OfType<ErrorOutput>().LastOrDefault() is not { } output || RestoreError().Match(output.Message) is not { Success: true } error)
            return null;
        foreach (string id in AskedFor(cell))
            _missing.TryAdd(id, number);
        return ($"{directive.Value.Trim()} cannot be restored on this machine", error.Groups["cause"].Value.Trim());
    }

    /// <summary>What such a cell shows instead of its outputs: the same on every machine that passes over it.</summary>
    internal static CellOutput Note(string reason) =>
        new DisplayOutput(new MimeBundle([KeyValuePair.Create("text/plain", $"{SkippedPrefix}{reason}.")]))
        {
            Metadata = new JsonObject { [SkippedKey] = Tag },
        };

    /// <summary>Whether the outputs are those of a cell that was passed over.</summary>
    internal static bool WasSkipped(IReadOnlyList<CellOutput> outputs) =>
        outputs is [DisplayOutput { Metadata: { } metadata }] && metadata.StringAt(SkippedKey) == Tag;

    /// <summary>Why a cell was passed over, as its outputs say it.</summary>
    internal static string? ReasonIn(IReadOnlyList<CellOutput> skipped) =>
        skipped.OfType<DisplayOutput>().FirstOrDefault()?.Data["text/plain"]?[SkippedPrefix.Length..].TrimEnd('.');

    [GeneratedRegex("""^\s*#r\s+"nuget:[ \t]*(?<id>[\w.-]*)[^"\n]*"?""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PackageDirective();

    // The first is how our kernel begins; the code of NuGet is in what .NET Interactive passes on.
    [GeneratedRegex(@"^The packages could not be restored: (?<cause>.*)|\b(?<cause>(error )?NU\d{4}\b.*)", RegexOptions.CultureInvariant)]
    private static partial Regex RestoreError();
}
