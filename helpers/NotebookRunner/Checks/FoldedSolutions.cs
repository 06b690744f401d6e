using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Checks;

/// <summary>Finds the solutions of exercises: C# code blocks inside <c>&lt;details&gt;</c>.</summary>
internal static class FoldedSolutions
{
    internal static IReadOnlyList<Solution> In(NotebookDocument document) =>
    [
        .. from cell in document.Cells
           where cell.Kind == CellKind.Markdown
           from code in HtmlFragment.Parse(NotebookMarkdown.ToHtml(cell.Source)).QuerySelectorAll("details pre > code.language-csharp")
           select new Solution(code.TextContent, cell),
    ];
}
