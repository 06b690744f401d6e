using NotebookRunner.Handouts.Pages;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Rewrites style sheets that come from inside a notebook, so that they act on what is theirs and on nothing else, in browsers of some years ago, too.</summary>
internal sealed class StyleScope : CssRewriter
{
    private readonly string _scope;
    private readonly SheetNames _names;

    /// <param name="scope">The selector of the element to which rules are limited, and of those that stand for parts of it elsewhere.</param>
    /// <param name="names">The names that the style sheets declare.</param>
    internal StyleScope(string scope, SheetNames names)
    {
        _scope = scope;
        _names = names;
    }

    /// <inheritdoc/>
    protected override string? RewriteSelectors(string selectors) => Selectors.Limit(selectors, _scope);

    /// <inheritdoc/>
    protected override string RewriteDeclaration(string declaration) => _names.InDeclaration(declaration);

    /// <inheritdoc/>
    protected override string? RewritePrelude(CssPiece rule) => rule.AtName switch
    {
        "media" => MediaQueries.KeepPrintLight(rule.Prelude),
        "layer" => _names.RenameLayers(rule.Prelude),
        "scope" => LimitRoot(rule.Prelude),
        "keyframes" or "counter-style" => _names.Rename(rule.Prelude),
        "supports" or "container" or "starting-style" or "font-face" or "font-palette-values" or "position-try" => rule.Prelude,
        "property" when !PageResources.Style.Contains(rule.Prelude + ":", StringComparison.Ordinal) => rule.Prelude,
        // The others concern the whole page, or the file (@page, @import, @charset, @namespace), or nobody knows what.
        _ => null,
    };

    private string LimitRoot(string prelude)
    {
        if (!prelude.StartsWith('('))
            return prelude;
        int end = CssText.Next(prelude, 0);
        return $"({Selectors.Limit(prelude[1..(end - 1)], _scope) ?? _scope}){prelude[end..]}";
    }
}
