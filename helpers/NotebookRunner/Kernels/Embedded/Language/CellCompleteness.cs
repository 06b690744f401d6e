using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>Whether a cell that is being written at a prompt can be run when its writer presses Enter, or goes on in another line.</summary>
internal static class CellCompleteness
{
    private const int IndentWidth = 4;

    // Nobody writes more at a prompt. The compiler takes long for thousands of brackets within each other.
    private const int MaxLength = 5000;

    /// <summary>Judges a cell by its syntax alone.</summary>
    /// <returns>Jupyter's words for it: <c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>.</returns>
    public static string Of(string code)
    {
        if (code.Length > MaxLength)
            return "unknown";
        var tree = CSharpSyntaxTree.ParseText(CellParser.BlankDirectives(code, out _), CellSource.ScriptOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return "incomplete";
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    /// <summary>The white space with which the next line begins: that of the last one, and one step more within a brace that it opens.</summary>
    public static string NextIndent(string code)
    {
        string last = code[(code.LastIndexOf('\n') + 1)..];
        string indent = last[..(last.Length - last.TrimStart().Length)];
        return last.TrimEnd().EndsWith('{') ? indent + new string(' ', IndentWidth) : indent;
    }
}
