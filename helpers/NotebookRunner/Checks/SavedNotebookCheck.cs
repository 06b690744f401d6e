using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>Whether a notebook that an editor has run and saved is still the stored one: the same cells, and outputs that say the same.</summary>
internal sealed class SavedNotebookCheck
{
    private readonly CheckedNotebook _stored;
    private readonly CheckedNotebook _saved;
    private readonly List<string> _problems = [];
    private readonly List<(NotebookCell Cell, string Reason)> _skipped = [];

    private SavedNotebookCheck(CheckedNotebook stored, CheckedNotebook saved)
    {
        _stored = stored;
        _saved = saved;
    }

    /// <summary>Everything that is wrong with the saved notebook, the first line of each complete in itself.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    /// <summary>The cells of the saved notebook whose outputs were not compared, since one of the two machines could not restore their package.</summary>
    internal IReadOnlyList<(NotebookCell Cell, string Reason)> Skipped => _skipped;

    /// <summary>Compares.</summary>
    /// <param name="stored">The stored notebook.</param>
    /// <param name="saved">The saved one. Its outputs are normalised.</param>
    internal static SavedNotebookCheck Run(CheckedNotebook stored, CheckedNotebook saved)
    {
        // The editor may have run it elsewhere than where it is compared.
        OutputNormalizer.For(saved.Document, saved.File).Apply(saved.Document);
        OutputNormalizer.For(saved.Document, stored.File).Apply(saved.Document);
        var check = new SavedNotebookCheck(stored, saved);
        check.Compare();
        return check;
    }

    private void Compare()
    {
        IReadOnlyList<(NotebookCell Stored, NotebookCell Saved)> pairs = SavedCells.Pair(_stored, _saved, _problems);
        if (EditorMetadata.FindDifferences(_stored.Document, _saved.Document) is { Count: > 0 } keys)
            _problems.Add($"{_saved.File.DisplayName}: its metadata differs from that of {_stored.File.DisplayName} ({string.Join(", ", keys)})");
        string[] differences = [.. FindDifferentOutputs(pairs)];
        _problems.AddRange(ExecutionCheck.FindProblems(_stored));
        // Some editors run nothing after a cell that has failed.
        _problems.AddRange(ExecutionCheck.FindProblems(
            _saved, "restart the kernel, run all cells in the editor and save", _skipped.Select(skipped => skipped.Cell).ToHashSet()));
        foreach (var (stored, saved) in pairs)
            _problems.AddRange(FindDifferences(stored, saved));
        _problems.AddRange(differences);
    }

    private IEnumerable<string> FindDifferences(NotebookCell stored, NotebookCell saved)
    {
        if (stored.Kind != saved.Kind)
            yield return $"{_saved.Place(saved)}: is a {saved.Kind} cell; in {_stored.File.DisplayName} it is a {stored.Kind} cell";
        if (FindDifference(stored.Source, saved.Source) is { } difference)
            yield return Describe(saved, "the source differs", difference);
        if (!Describe(stored.Attachments).SequenceEqual(Describe(saved.Attachments)))
            yield return $"{_saved.Place(saved)}: its attachments differ from those in {_stored.File.DisplayName}";
        if (EditorMetadata.FindDifferences(stored, saved) is { Count: > 0 } keys)
            yield return $"{_saved.Place(saved)}: its metadata differs from that in {_stored.File.DisplayName} ({string.Join(", ", keys)})";
        if (stored.Kind == CellKind.Code && !IsSameLanguage(_stored.Document.LanguageOf(stored), _saved.Document.LanguageOf(saved)))
            yield return $"{_saved.Place(saved)}: is in '{_saved.Document.LanguageOf(saved)}'; in {_stored.File.DisplayName} it is in '{_stored.Document.LanguageOf(stored)}'";
    }

    private IEnumerable<string> FindDifferentOutputs(IReadOnlyList<(NotebookCell Stored, NotebookCell Saved)> pairs)
    {
        var packages = new OptionalPackages();
        int number = 0;
        foreach (var (stored, saved) in pairs.Where(pair => pair.Stored.Kind == CellKind.Code && !pair.Stored.IsBlank))
        {
            number++;
            if (ReasonToSkip(packages, number, stored, saved) is { } reason)
                _skipped.Add((saved, reason));
            // What was not run, on either side, is told by the check of the execution counts.
            else if (stored.ExecutionCount is not null && saved.ExecutionCount is not null && FindDifference(stored, saved) is { } difference)
                yield return Describe(saved, "the output differs", difference);
        }
    }

    private static string? ReasonToSkip(OptionalPackages packages, int number, NotebookCell stored, NotebookCell saved)
    {
        if (!stored.Tags.Contains(OptionalPackages.Tag))
            return null;
        string? reason = packages.ReasonToSkip(stored) ?? packages.ReasonForFailure(stored, number, saved.Outputs)?.Reason;
        if (reason is not null)
            return reason;
        return OptionalPackages.WasSkipped(stored.Outputs) || OptionalPackages.WasSkipped(saved.Outputs) ? "its package was not to be had for one of the two runs" : null;
    }

    private static OutputDifference? FindDifference(NotebookCell stored, NotebookCell saved)
    {
        var (expected, actual) = SavedOutputs.Comparable(stored.Outputs, saved.Outputs);
        return OutputComparison.Find(expected, actual, Relaxation.Of(stored));
    }

    private static OutputDifference? FindDifference(string stored, string saved)
    {
        OutputLine[] expected = Lines(stored);
        OutputLine[] actual = Lines(saved);
        return Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
            .Select(i => new OutputDifference(expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i)))
            .FirstOrDefault(pair => pair.Expected?.Text != pair.Actual?.Text);

        // An editor may save other line ends.
        static OutputLine[] Lines(string source) =>
            [.. source.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select((line, index) => new OutputLine("source", index + 1, line))];
    }

    private string Describe(NotebookCell saved, string what, OutputDifference difference) =>
        string.Join("\n    ", [$"{_saved.Place(saved)}: {what} from that in {_stored.File.DisplayName} ({difference.Place})", .. difference.Describe()]);

    private static IOrderedEnumerable<(string Name, string MimeType, string Content)> Describe(IReadOnlyDictionary<string, MimeBundle> attachments) =>
        attachments.SelectMany(attachment => attachment.Value.Select(content => (attachment.Key, content.Key, content.Value))).Order();

    private static bool IsSameLanguage(string? stored, string? saved) =>
        stored == saved || (NotebookLanguage.IsCSharp(stored) && NotebookLanguage.IsCSharp(saved));
}
