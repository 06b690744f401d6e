using Microsoft.CodeAnalysis;
using NotebookRunner.Kernels.Embedded.Language.Documentation;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>How a signature is shown.</summary>
internal static class SignatureText
{
    private static readonly SymbolDisplayFormat NameFormat = SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType);

    private static readonly SymbolDisplayFormat LocalNameFormat = NameFormat.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>Describes a method, a constructor, or an indexer. The label of each parameter is a part of the whole label.</summary>
    public static SignatureContent Describe(ISymbol target, CellDraft draft, int offset)
    {
        var comment = DocumentationComment.Of(target, draft.Compilation);
        ParameterContent[] parameters =
        [
            .. CallTargets.ParametersOf(target).Select(parameter => new ParameterContent(
                parameter.ToMinimalDisplayString(draft.Model, offset),
                Markdown(comment.OfParameter(parameter.Name)))),
        ];
        var (open, close) = target is IPropertySymbol ? ("[", "]") : ("(", ")");
        string label = Prefix(target, draft.Model, offset) + open + string.Join(", ", parameters.Select(parameter => parameter.Label)) + close;
        return new(label, Markdown(comment.Summary), parameters);
    }

    private static MimeContent Markdown(string text) => new(HoverText.MimeType, text);

    private static string Prefix(ISymbol target, SemanticModel model, int offset)
    {
        string Show(ISymbol symbol, SymbolDisplayFormat? format = null) => symbol.ToMinimalDisplayString(model, offset, format);
        return target switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => Show(constructor.ContainingType),
            IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } invoke => $"{Show(invoke.ReturnType)} {Show(invoke.ContainingType)}",
            IPropertySymbol indexer => $"{Show(indexer.Type)} {Show(indexer.ContainingType)}",
            IMethodSymbol method => $"{Show(method.ReturnType)} {Show(method, IsOfCell(method) ? LocalNameFormat : NameFormat)}",
            _ => target.Name,
        };
    }

    // A method of a cell belongs to a class that its reader has never seen.
    private static bool IsOfCell(IMethodSymbol method) => method.ContainingType?.IsScriptClass != false || method.MethodKind == MethodKind.LocalFunction;
}
