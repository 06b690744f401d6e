using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>A cell as it stands in the editor, in the light of the cells that have been run.</summary>
internal sealed class CellDraft
{
    private CellDraft(Compilation compilation, bool isWhole, CellDraft? library)
    {
        Tree = compilation.SyntaxTrees.Last();
        Compilation = compilation;
        IsWhole = isWhole;
        Library = library;
    }

    /// <summary>The cell's syntax.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>The cell's place in the program.</summary>
    public Compilation Compilation { get; }

    /// <summary>False if the cell brings in by itself, when it is run, what its code then uses: a package, or a file. Until then nobody can tell what its names mean.</summary>
    public bool IsWhole { get; }

    /// <summary>The library that is in the cell; null if there is none.</summary>
    public CellDraft? Library { get; }

    /// <summary>What the names in the cell mean.</summary>
    public SemanticModel Model => field ??= Compilation.GetSemanticModel(Tree);

    /// <summary>Reads a cell.</summary>
    public static CellDraft Read(string code, CSharpSession session)
    {
        string plain = CellParser.BlankDirectives(code, out bool bringsInCode);
        var (cell, library) = session.Draft(plain);
        return new(cell, !bringsInCode, library is null ? null : new(library, !bringsInCode, null));
    }

    /// <summary>Of the cell and the library in it, the one that a place belongs to.</summary>
    public CellDraft At(PositionContent? place) =>
        Library is { } library && library.Offset(place) is var offset && library.Tree.GetRoot().ChildNodes().Any(node => node.Span.IntersectsWith(offset)) ? library : this;

    /// <summary>The offset of a place; the nearest there is, if the cell has none such.</summary>
    public int Offset(PositionContent? place)
    {
        var lines = Tree.GetText().Lines;
        if (place is null || place.Line < 0 || place.Line >= lines.Count)
            return Tree.Length;
        var line = lines[place.Line];
        return Math.Clamp(line.Start + place.Character, line.Start, line.End);
    }

    /// <summary>A stretch in the protocol's words.</summary>
    public SpanContent Span(TextSpan span) => Describe(Tree.GetLineSpan(span).Span);

    /// <summary>A stretch in the protocol's words.</summary>
    public static SpanContent Describe(LinePositionSpan span) =>
        new(new(span.Start.Line, span.Start.Character), new(span.End.Line, span.End.Character));

    /// <summary>The name or keyword at a place, or which ends there; none: the default token.</summary>
    public SyntaxToken WordAt(int offset)
    {
        var token = Tree.GetRoot().FindToken(offset);
        if (!IsWord(token) || token.SpanStart > offset)
            token = Before(offset);
        return IsWord(token) && token.Span.IntersectsWith(offset) ? token : default;
    }

    /// <summary>The last token that begins before a place.</summary>
    public SyntaxToken Before(int offset)
    {
        var token = Tree.GetRoot().FindToken(offset);
        return token.SpanStart >= offset ? token.GetPreviousToken() : token;
    }

    /// <summary>Whether a place is in a comment, or in a directive.</summary>
    public bool IsInComment(int offset) =>
        offset > 0
        && Tree.GetRoot().FindTrivia(offset - 1) is var trivia
        && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
            || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && offset < trivia.Span.End)
            || trivia.IsDirective);

    private static bool IsWord(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(token.Kind());
}
