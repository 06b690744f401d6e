using System.Text;
using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Selectors that hold in one part of the page alone.</summary>
internal static partial class Selectors
{
    /// <summary>Says which heading an element was before it got the level that it has on the page.</summary>
    internal const string HeadingAttribute = "data-heading";

    private static readonly string[] Roots = [":root", "html", "body"];

    private static readonly string[] OldPseudoElements = [":before", ":after", ":first-line", ":first-letter"];

    /// <summary>Limits each selector of a list to an element and what is in it; what it says of the root of a page, it then says of that element.</summary>
    /// <param name="list">The selectors. Their order of precedence among each other stays.</param>
    /// <param name="scope">The selector of the element, and of those that stand for parts of it elsewhere.</param>
    /// <returns>The list; null if it is none.</returns>
    internal static string? Limit(string list, string scope)
    {
        // A brace too many would end whatever the rule comes to stand in.
        if (CssText.Find(list, 0, "};") < list.Length)
            return null;
        string[] selectors = [.. CssText.SplitAtCommas(list).Select(selector => selector.Trim())];
        return selectors.Any(selector => selector.Length == 0) ? null : string.Join(", ", selectors.Select(selector => LimitOne(WithFormerHeadings(selector), scope)));
    }

    private static string LimitOne(string selector, string scope)
    {
        var limited = new StringBuilder();
        bool afterRoot = false;
        for (int start = 0; start < selector.Length;)
        {
            int end = CssText.Find(selector, start, " \t\r\n\f>+~");
            int next = end;
            while (next < selector.Length && (char.IsWhiteSpace(selector[next]) || selector[next] is '>' or '+' or '~'))
                next++;
            string compound = WithoutPrefix(selector[start..end]);
            string combinator = selector[end..next];
            bool isLast = next == selector.Length;
            if (Roots.FirstOrDefault(root => IsRoot(compound, root)) is { } root)
            {
                // "html > body" is one element here.
                limited.Append(afterRoot ? "" : scope).Append(compound, root.Length, compound.Length - root.Length).Append(BeginsWithRoot(selector[next..]) ? "" : combinator);
                afterRoot = BeginsWithRoot(selector[next..]);
            }
            else
            {
                int pseudo = isLast && end > start ? PseudoElement(compound) : compound.Length;
                limited.Append(compound, 0, pseudo).Append(isLast && end > start ? $":is({scope}, {scope} *)" : "").Append(compound, pseudo, compound.Length - pseudo).Append(combinator);
                afterRoot = false;
            }

            start = next;
        }

        return limited.ToString();
    }

    private static bool BeginsWithRoot(string rest) => Roots.Any(root => IsRoot(rest, root));

    private static bool IsRoot(string compound, string root) =>
        compound.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (compound.Length == root.Length || !CssText.IsNameCharacter(compound[root.Length]));

    private static int PseudoElement(string compound)
    {
        for (int i = 0; (i = CssText.Find(compound, i, ":")) < compound.Length; i++)
        {
            if (compound.AsSpan(i).StartsWith("::") || OldPseudoElements.Any(name => IsRoot(compound[i..], name)))
                return i;
        }

        return compound.Length;
    }

    // The names of namespaces are declared for a file of its own: "svg|rect".
    private static string WithoutPrefix(string compound)
    {
        int bar = CssText.Find(compound, 0, "|");
        return bar < compound.Length && compound.AsSpan(0, bar).ContainsAnyExcept('*') && compound[..bar].All(CssText.IsNameCharacter) ? "*" + compound[bar..] : compound;
    }

    // With the precedence that the name of an element has.
    private static string WithFormerHeadings(string selector) => Heading().Replace(selector, match => match.Groups["level"].Success
        ? $":is(h{match.Groups["level"].Value}:where(:not([{HeadingAttribute}])), :where([{HeadingAttribute}=\"h{match.Groups["level"].Value}\"]))"
        : match.Value);

    [GeneratedRegex("""
        "[^"\n]*"|'[^'\n]*'|\[[^\]]*\]|(?<![\p{L}\p{N}\\_.#:|-])[hH](?<level>[1-6])(?![\p{L}\p{N}\\_-])
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Heading();
}
