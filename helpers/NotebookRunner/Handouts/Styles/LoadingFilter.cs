using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Takes out of a style sheet what would load something; the rest stays.</summary>
internal sealed partial class LoadingFilter : CssRewriter
{
    private LoadingFilter()
    {
    }

    internal static LoadingFilter Instance { get; } = new();

    /// <summary>Whether a declaration, or several, would load something.</summary>
    internal static bool Loads(string declarations)
    {
        string bare = CssString().Replace(declarations, "\"\"");
        // A backslash can spell anything. url(#gradient) is how a drawing refers to its own parts.
        return bare.Contains('\\', StringComparison.Ordinal)
            || bare.Contains('@', StringComparison.Ordinal)
            || Loader().IsMatch(InnerUrl().Replace(declarations, ""));
    }

    /// <inheritdoc/>
    protected override string? RewriteDeclaration(string declaration) => Loads(declaration) ? null : declaration;

    /// <inheritdoc/>
    protected override string? RewritePrelude(CssPiece rule) => rule.AtName is "import" || Loads(rule.Prelude) ? null : rule.Prelude;

    [GeneratedRegex("""url\(\s*(?:["']?\#[^"'()\s]*["']?|"data:(?:image|font|application/(?:x-)?font)[^"\n\\]*"|'data:(?:image|font|application/(?:x-)?font)[^'\n\\]*'|data:(?:image|font|application/(?:x-)?font)[^"'()\s\\]*)\s*\)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InnerUrl();

    [GeneratedRegex(@"\b(?:url|image-set|image|src)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Loader();

    [GeneratedRegex("""
        "(?:[^"\n\\]|\\.)*"|'(?:[^'\n\\]|\\.)*'
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CssString();
}
