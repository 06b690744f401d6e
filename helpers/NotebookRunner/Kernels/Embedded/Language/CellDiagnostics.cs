using Microsoft.CodeAnalysis;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>What the compiler finds fault with in a cell.</summary>
internal static class CellDiagnostics
{
    /// <summary>Of a cell that is being written.</summary>
    public static IReadOnlyList<DiagnosticContent> Of(CellDraft draft) => Describe(
        (draft.Library is { } library ? Find(library) : []).Concat(Find(draft)));

    private static IEnumerable<Diagnostic> Find(CellDraft draft) =>
        (draft.IsWhole ? draft.Compilation.GetDiagnostics() : draft.Tree.GetDiagnostics()).Where(diagnostic => diagnostic.Location.SourceTree == draft.Tree);

    /// <summary>In the protocol's words, without what only a tool would want to know.</summary>
    public static IReadOnlyList<DiagnosticContent> Describe(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => new DiagnosticContent(
                CellDraft.Describe(diagnostic.Location.GetLineSpan().Span),
                diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
                diagnostic.Id,
                diagnostic.GetMessage(formatProvider: null))),
    ];
}
