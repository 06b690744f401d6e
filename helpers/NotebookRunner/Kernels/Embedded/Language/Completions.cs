using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>
/// What could be written at a place in a cell: the members of what stands before a dot, or else every name in scope and the keywords. It is the compiler's own answer to what a name may
/// mean there. An editor's services would narrow it down further (a type after <c>new</c>, an unused enum member), but they are a package of many megabytes.
/// </summary>
internal static class Completions
{
    private static readonly CompletionContent[] Keywords =
        [.. SyntaxFacts.GetReservedKeywordKinds().Select(kind => Describe(SyntaxFacts.GetText(kind), "Keyword"))];

    /// <summary>Finds them, in alphabetical order.</summary>
    public static IReadOnlyList<CompletionContent> At(CellDraft draft, int offset)
    {
        var word = draft.WordAt(offset);
        int start = word.RawKind == 0 ? offset : word.SpanStart;
        var left = draft.Before(start);
        if (IsInText(draft, left, start))
            return [];
        IEnumerable<CompletionContent> found = left.IsKind(SyntaxKind.DotToken)
            ? DescribeMembers(Members(draft.Model, left, start))
            : Describe(draft.Model.LookupSymbols(start)).Concat(Keywords);
        return [.. found.OrderBy(completion => completion.SortText, StringComparer.OrdinalIgnoreCase)];
    }

    // Nothing is to be completed in a literal or in a comment.
    private static bool IsInText(CellDraft draft, SyntaxToken left, int start) =>
        left.Span.End > start
        || (left.Span.End == start && left.IsKind(SyntaxKind.NumericLiteralToken))
        || draft.IsInComment(start);

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot, int offset)
    {
        ExpressionSyntax? owner = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (owner is null)
            return [];
        if (model.GetSymbolInfo(owner).Symbol is INamespaceOrTypeSymbol named)
            return model.LookupStaticMembers(offset, named);
        // What follows on the next line may make a type's name of a variable's: ask what it would be as an expression, too.
        var type = model.GetTypeInfo(owner).Type is { TypeKind: not TypeKind.Error } known
            ? known
            : model.GetSpeculativeTypeInfo(owner.SpanStart, SyntaxFactory.ParseExpression(owner.ToString()), SpeculativeBindingOption.BindAsExpression).Type;
        return type is null or { TypeKind: TypeKind.Error }
            ? []
            : model.LookupSymbols(offset, type, includeReducedExtensionMethods: true).Where(symbol => !symbol.IsStatic && symbol is not INamedTypeSymbol);
    }

    private static IEnumerable<CompletionContent> Describe(IEnumerable<ISymbol> symbols) => symbols
        .Where(symbol => symbol.CanBeReferencedByName && !symbol.IsImplicitlyDeclared)
        .Select(symbol => Describe(symbol.Name, KindOf(symbol)))
        .Distinct();

    // Not so the list of all names in scope, which are ten times as many.
    private static IEnumerable<CompletionContent> DescribeMembers(IEnumerable<ISymbol> members) => members
        .Where(symbol => symbol.CanBeReferencedByName && !symbol.IsImplicitlyDeclared)
        // A type's own methods and the extensions of the same name are one entry; a property and an extension method, such as Count, are two.
        .GroupBy(symbol => (symbol.Name, symbol.Kind))
        .Select(overloads =>
        {
            string declaration = overloads.First().ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            int others = overloads.Count() - 1;
            return Describe(overloads.Key.Name, KindOf(overloads.First()), others == 0 ? declaration : $"{declaration} (+{others})");
        });

    private static CompletionContent Describe(string name, string kind, string documentation = "") => new(name, kind, name, name, name, documentation);

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "Namespace",
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => "Structure",
        INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Interface or TypeKind.Delegate } type => type.TypeKind.ToString(),
        INamedTypeSymbol => "Class",
        IMethodSymbol { IsExtensionMethod: true } => "ExtensionMethod",
        IMethodSymbol => "Method",
        IPropertySymbol => "Property",
        IEventSymbol => "Event",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "EnumMember",
        IFieldSymbol { IsConst: true } => "Constant",
        IFieldSymbol => "Field",
        _ => "Local",
    };
}
