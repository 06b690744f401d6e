using NotebookRunner.Chapters;
using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>All that can be found out about a notebook without running it.</summary>
internal static class StaticChecks
{
    /// <summary>Everything that is wrong, one line each.</summary>
    internal static IReadOnlyList<string> FindProblems(NotebookDocument document, NotebookFile file, ChapterManifest? chapter)
    {
        var notebook = new CheckedNotebook(document, file);
        IEnumerable<string> ofChapter = chapter?.SourceCellsOf(file) is { } expected
            ?
            [
                .. SourceCellCheck.FindProblems(notebook, expected),
                .. MetadataCheck.FindProblemsForEditors(notebook),
                .. SolutionCheck.FindProblems(notebook),
                .. TimingCheck.FindProblemsInChapter(notebook),
            ]
            : [];
        return
        [
            .. ofChapter,
            .. SourceLineCheck.FindProblems(notebook),
            .. ExecutionCheck.FindProblems(notebook),
            .. MetadataCheck.FindProblems(notebook),
            .. TimingCheck.FindProblems(notebook),
            .. OneRunCheck.FindProblems(notebook),
            .. LinkCheck.FindProblems(notebook),
        ];
    }
}
