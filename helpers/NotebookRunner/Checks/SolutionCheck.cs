using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Execution;
using Solution = NotebookRunner.Execution.Solution;

namespace NotebookRunner.Checks;

/// <summary>Whether each solution of an exercise that is code checks its own result: run to its end it would pass otherwise, whatever comes out.</summary>
internal static class SolutionCheck
{
    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook)
    {
        IReadOnlyList<Solution> solutions = FoldedSolutions.In(notebook.Document);
        for (int i = 0; i < solutions.Count; i++)
        {
            string code = solutions[i].Code;
            if (!SyntaxFactory.ParseTokens(code).Any(token => token.IsKind(SyntaxKind.ThrowKeyword)))
            {
                yield return $"{CellPlace.OfSolution(solutions, i, notebook.File)}: does not check its own result; let it throw where that is wrong: "
                    + "if (total != 55) throw new Exception($\"55가 아니라 {total}\");";
            }
        }
    }
}
