using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Commands;

/// <summary>The <c>check</c> verb with <c>--saved</c>: compares notebooks that an editor has run and saved with the stored ones. No cell is run, no file written.</summary>
internal sealed class SavedCheckCommand
{
    private readonly string _saved;
    private readonly IReadOnlyList<string> _paths;
    private readonly RunProgress _progress = RunProgress.OnStandardOutput();

    /// <param name="saved">A saved notebook, or a folder of them.</param>
    /// <param name="paths">Files and folders of stored notebooks; none for the repository's.</param>
    internal SavedCheckCommand(string saved, IReadOnlyList<string> paths)
    {
        _saved = saved;
        _paths = paths;
    }

    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal async Task<int> RunAsync()
    {
        IReadOnlyList<NotebookFile> saved = NotebookFiles.Find([_saved]);
        IReadOnlyList<NotebookFile> stored = NotebookFiles.Find(_paths);
        Dictionary<NotebookFile, NotebookFile> pairs = saved.ToDictionary(file => file, file => StoredOf(file, stored));
        // A folder stands for all of the notebooks, a file for itself.
        IEnumerable<NotebookFile> missing = Directory.Exists(_saved) ? stored.Except(pairs.Values) : [];
        IReadOnlyList<NotebookOutcome> outcomes = await NotebookSeries.RunAsync(
            [.. saved, .. missing],
            file => Task.FromResult(pairs.TryGetValue(file, out NotebookFile? other) ? Check(file, other) : Missing(file)));
        return NotebookSeries.ExitCodeFor(outcomes);
    }

    private NotebookFile StoredOf(NotebookFile saved, IReadOnlyList<NotebookFile> stored)
    {
        bool isNamed = File.Exists(_saved) && _paths is [var path] && File.Exists(path);
        NotebookFile? other = isNamed ? stored[0] : stored.FirstOrDefault(file => file.Name == saved.Name);
        if (other is null)
            throw new InvalidInputException($"{saved.DisplayName}: there is no stored notebook of this name. Name the stored one after it.");
        if (other == saved)
        {
            throw new InvalidInputException(
                $"{saved.DisplayName}: is the stored notebook itself. Name the one that was stored before the editor saved, for one as git has it: git show HEAD:./{Path.GetFileName(saved.FullPath)}");
        }

        return other;
    }

    private NotebookOutcome Check(NotebookFile file, NotebookFile other)
    {
        var saved = new CheckedNotebook(NotebookDocument.Load(file.FullPath), file);
        var check = SavedNotebookCheck.Run(new CheckedNotebook(NotebookDocument.Load(other.FullPath), other), saved);
        _progress.EndNotebook(file.DisplayName, check.Problems.Count);
        foreach (var (cell, reason) in check.Skipped)
            _progress.WriteLine($"  - {saved.Place(cell)}: not compared: {reason}");
        return new NotebookOutcome(file.DisplayName, check.Problems.Count == 0 ? NotebookStatus.Passed : NotebookStatus.Failed) { Problems = check.Problems };
    }

    private NotebookOutcome Missing(NotebookFile file) => new(file.DisplayName, NotebookStatus.Failed)
    {
        Problems = [$"{file.DisplayName}: is not among the saved notebooks in {_saved}"],
    };
}
