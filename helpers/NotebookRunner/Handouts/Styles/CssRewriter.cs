using System.Text;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Goes through a style sheet and writes it again, with or without changes. What it writes is whole: nothing in it is left open.</summary>
internal abstract class CssRewriter
{
    // Rules in rules, deeper than anybody writes them.
    private const int MaxDepth = 32;

    internal string Rewrite(string css)
    {
        var rewritten = new StringBuilder(css.Length * 2);
        AppendPieces(rewritten, CssText.WithoutComments(css), Content.Rules, depth: 0);
        return rewritten.ToString().TrimEnd();
    }

    /// <summary>The selectors of a rule; null to leave it out.</summary>
    protected virtual string? RewriteSelectors(string selectors) => selectors;

    /// <summary>A declaration; null to leave it out.</summary>
    protected virtual string? RewriteDeclaration(string declaration) => declaration;

    /// <summary>What follows the name of an at-rule; null to leave the rule out.</summary>
    protected virtual string? RewritePrelude(CssPiece rule) => rule.Prelude;

    private static Content ContentOf(CssPiece rule, Content around) => rule.AtName switch
    {
        "media" or "supports" or "container" or "layer" or "scope" or "starting-style" => around,
        "keyframes" => Content.Steps,
        _ => Content.Declarations,
    };

    private void AppendPieces(StringBuilder rewritten, string css, Content content, int depth)
    {
        foreach (CssPiece piece in CssPiece.Read(css, inRule: content == Content.Declarations))
        {
            // A brace too many would end whatever this comes to stand in.
            if (CssText.Find(piece.Text, 0, "}") < piece.Text.Length || (piece.Text == "@" && piece.Block is null))
                continue;
            if (piece.AtName.Length > 0)
            {
                if (RewritePrelude(piece) is { } prelude)
                    Append(rewritten, $"{piece.AtWord} {prelude}", piece.Block, ContentOf(piece, content), depth);
            }
            else if (piece.Block is null)
            {
                Append(rewritten, RewriteDeclaration(piece.Text), null, content, depth);
            }
            else
            {
                Append(rewritten, content == Content.Steps ? piece.Text : RewriteSelectors(piece.Text), piece.Block, Content.Declarations, depth);
            }
        }
    }

    private void Append(StringBuilder rewritten, string? text, string? block, Content content, int depth)
    {
        if (text is null || depth == MaxDepth)
            return;
        rewritten.Append(text.TrimEnd());
        if (block is null)
        {
            rewritten.Append("; ");
            return;
        }

        rewritten.Append(" { ");
        AppendPieces(rewritten, block, content, depth + 1);
        rewritten.Append("} ");
    }

    /// <summary>What stands in braces.</summary>
    private enum Content
    {
        Rules,
        Declarations,
        Steps,
    }
}
