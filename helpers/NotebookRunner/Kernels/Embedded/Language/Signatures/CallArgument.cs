using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>An argument of a call.</summary>
/// <param name="Name">The parameter that it names; null if it goes by its place.</param>
/// <param name="Expression">What is given; null where nothing is yet, or where its type says nothing about the parameter's: <c>out var x</c>.</param>
internal sealed record CallArgument(string? Name, ExpressionSyntax? Expression)
{
    /// <summary>Of a method, a constructor, an indexer.</summary>
    public static CallArgument Of(ArgumentSyntax argument) => new(
        argument.NameColon?.Name.Identifier.ValueText,
        argument.RefKindKeyword.RawKind == 0 && !argument.Expression.IsMissing ? argument.Expression : null);

    /// <summary>Of an attribute, whose properties are no parameters.</summary>
    public static CallArgument Of(AttributeArgumentSyntax argument) => new(
        argument.NameColon?.Name.Identifier.ValueText,
        argument.Expression.IsMissing || argument.NameEquals is not null ? null : argument.Expression);
}
