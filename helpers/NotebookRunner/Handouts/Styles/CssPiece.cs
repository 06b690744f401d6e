namespace NotebookRunner.Handouts.Styles;

/// <summary>A rule or a declaration.</summary>
/// <param name="Text">What stands before the braces; for a declaration all of it.</param>
/// <param name="Block">What stands in the braces; null if there are none.</param>
internal readonly record struct CssPiece(string Text, string? Block)
{
    /// <summary>The name of an at-rule, without what makers of browsers put before it; empty for others.</summary>
    internal string AtName => Text.StartsWith('@') ? AtWord[1..].ToLowerInvariant().Replace("-webkit-", "", StringComparison.Ordinal).Replace("-moz-", "", StringComparison.Ordinal) : "";

    /// <summary>The name of an at-rule as it is written, with its sign.</summary>
    internal string AtWord => Text[..NameEnd];

    /// <summary>What follows the name of an at-rule.</summary>
    internal string Prelude => Text[NameEnd..].Trim();

    private int NameEnd
    {
        get
        {
            int end = 1;
            while (end < Text.Length && CssText.IsNameCharacter(Text[end]))
                end++;
            return end;
        }
    }

    /// <summary>Reads what stands in a style sheet or in braces. What is still open at the end is closed there, as browsers do.</summary>
    /// <param name="css">The text, without comments.</param>
    /// <param name="inRule">Whether these are the braces of a style rule, in which declarations stand.</param>
    internal static IEnumerable<CssPiece> Read(string css, bool inRule)
    {
        for (int start = SkipSpace(css, 0); start < css.Length; start = SkipSpace(css, start))
        {
            // Between rules a semicolon ends only what begins with an at sign; a custom property may have braces in its value.
            bool isAt = css[start] == '@';
            bool isCustom = inRule && css.AsSpan(start).StartsWith("--");
            int end = CssText.Find(css, start, isCustom ? ";" : inRule || isAt ? ";{" : "{");
            string text = css[start..end].TrimEnd();
            if (end == css.Length || css[end] == ';')
            {
                if (text.Length > 0 && (inRule || isAt))
                    yield return new CssPiece(text, null);
                start = end + 1;
                continue;
            }

            start = CssText.Next(css, end);
            yield return new CssPiece(text, css[(end + 1)..(css[start - 1] == '}' && start > end + 1 ? start - 1 : start)]);
        }
    }

    // The brackets of an HTML comment, by which browsers of old did not see the rules, count as space.
    private static int SkipSpace(string css, int position)
    {
        while (position < css.Length)
        {
            if (char.IsWhiteSpace(css[position]))
                position++;
            else if (css.AsSpan(position).StartsWith("<!--"))
                position += "<!--".Length;
            else if (css.AsSpan(position).StartsWith("-->"))
                position += "-->".Length;
            else
                break;
        }

        return position;
    }
}
