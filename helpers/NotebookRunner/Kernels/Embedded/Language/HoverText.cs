using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookRunner.Kernels.Embedded.Language.Documentation;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>What a name in a cell is: its declaration, and what its author has written about it, as Markdown.</summary>
internal static class HoverText
{
    /// <summary>The Markdown type, as editors know it.</summary>
    public const string MimeType = "text/markdown";

    /// <summary>Describes what a word means.</summary>
    /// <returns>Null if it is no name that means anything.</returns>
    public static string? Of(CellDraft draft, SyntaxToken word)
    {
        if (word.Parent is not { } node || Find(draft.Model, node) is not { } symbol || symbol is IErrorTypeSymbol)
            return null;
        string prefix = symbol switch
        {
            ILocalSymbol => "(local) ",
            IParameterSymbol => "(parameter) ",
            IFieldSymbol { ContainingType.TypeKind: not TypeKind.Enum } => "(field) ",
            _ => "",
        };
        string summary = DocumentationComment.Of(symbol, draft.Compilation).Summary;
        return $"```csharp\n{prefix}{Describe(symbol, draft.Model, word.SpanStart)}\n```" + (summary.Length > 0 ? "\n\n" + summary : "");
    }

    private static ISymbol? Find(SemanticModel model, SyntaxNode node) =>
        node is IdentifierNameSyntax { IsVar: true } or not ExpressionSyntax && model.GetDeclaredSymbol(node) is { } declared
            ? declared
            : model.GetSymbolInfo(node) is var info ? info.Symbol ?? info.CandidateSymbols.FirstOrDefault() : null;

    // A variable of a cell is a field of a class that its reader has never seen.
    private static string Describe(ISymbol symbol, SemanticModel model, int offset) => symbol switch
    {
        IFieldSymbol { ContainingType.IsScriptClass: true } field => $"{field.Type.ToMinimalDisplayString(model, offset)} {field.Name}",
        _ => symbol.ToMinimalDisplayString(model, offset),
    };
}
