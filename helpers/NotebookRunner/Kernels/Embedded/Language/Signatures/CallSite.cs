using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookRunner.Kernels.Embedded.Language.Signatures;

/// <summary>A call whose arguments are being written: of a method, a constructor, an indexer, an attribute.</summary>
/// <param name="Call">The node that holds the list of arguments.</param>
/// <param name="Arguments">The arguments written so far.</param>
/// <param name="Active">Which of them the place is in, or before.</param>
internal sealed record CallSite(SyntaxNode Call, IReadOnlyList<CallArgument> Arguments, int Active)
{
    /// <summary>Finds the innermost one around a place.</summary>
    /// <returns>Null if there is none, or if the place is in another statement of it: in the block of a lambda, for instance.</returns>
    public static CallSite? At(CellDraft draft, int offset)
    {
        if (draft.IsInComment(offset))
            return null;
        for (var node = draft.Before(offset).Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case StatementSyntax or MemberDeclarationSyntax:
                    return null;
                case ArgumentListSyntax list when IsWithin(list.OpenParenToken, list.CloseParenToken, offset):
                    return Of(list.Parent!, list.Arguments, offset);
                case BracketedArgumentListSyntax list when IsWithin(list.OpenBracketToken, list.CloseBracketToken, offset):
                    return Of(list.Parent!, list.Arguments, offset);
                case AttributeArgumentListSyntax list when IsWithin(list.OpenParenToken, list.CloseParenToken, offset):
                    return new(list.Parent!, [.. list.Arguments.Select(CallArgument.Of)], CountBefore(list.Arguments.GetSeparators(), offset));
                // Where nothing but "numbers[" has been written yet, the parser takes it for an array type.
                case ArrayRankSpecifierSyntax { Parent: ArrayTypeSyntax { Parent: not ArrayCreationExpressionSyntax } type } rank when IsWithin(rank.OpenBracketToken, rank.CloseBracketToken, offset):
                    return new(type, [], CountBefore(rank.Sizes.GetSeparators(), offset));
            }
        }

        return null;
    }

    // Where the parenthesis is yet missing, the parser takes the next statement for more arguments, with commas that are missing, too.
    private static CallSite Of(SyntaxNode call, SeparatedSyntaxList<ArgumentSyntax> arguments, int offset)
    {
        int written = arguments.GetSeparators().TakeWhile(separator => !separator.IsMissing).Count() + 1;
        return new(call, [.. arguments.Take(written).Select(CallArgument.Of)], CountBefore(arguments.GetSeparators(), offset));
    }

    private static int CountBefore(IEnumerable<SyntaxToken> separators, int offset) => separators.Count(separator => !separator.IsMissing && separator.SpanStart < offset);

    private static bool IsWithin(SyntaxToken open, SyntaxToken close, int offset) =>
        !open.IsMissing && offset >= open.Span.End && (close.IsMissing || offset <= close.SpanStart);
}
