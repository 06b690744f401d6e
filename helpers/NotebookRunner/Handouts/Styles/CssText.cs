using System.Text;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Finds its way in the text of a style sheet: what looks like punctuation in a string, an address, an escape or brackets is none.</summary>
internal static class CssText
{
    /// <summary>The position after what begins here: a string, an address, an escaped character, all that is in brackets, or one character.</summary>
    internal static int Next(string css, int position)
    {
        // A stack of its own: brackets may be as deep as somebody likes.
        Stack<char>? open = null;
        do
        {
            char c = css[position];
            if (c is '(' or '[' or '{')
                (open ??= []).Push(c switch { '(' => ')', '[' => ']', _ => '}' });
            else if (open is not null && c == open.Peek())
                open.Pop();
            position = c switch
            {
                '\\' => position + 2,
                '"' or '\'' => EndOfString(css, position),
                'u' or 'U' when IsAddress(css, position) => EndOfAddress(css, position + "url(".Length),
                _ => position + 1,
            };
        }
        while (open is { Count: > 0 } && position < css.Length);
        return Math.Min(position, css.Length);
    }

    /// <summary>The position of the first of these characters outside of all that; the end if there is none.</summary>
    internal static int Find(string css, int start, ReadOnlySpan<char> characters)
    {
        while (start < css.Length && !characters.Contains(css[start]))
            start = Next(css, start);
        return start;
    }

    /// <summary>The parts between commas.</summary>
    internal static IEnumerable<string> SplitAtCommas(string css)
    {
        int start = 0;
        for (int comma; (comma = Find(css, start, ",")) < css.Length; start = comma + 1)
            yield return css[start..comma];
        yield return css[start..];
    }

    /// <summary>Puts a space in the place of each comment.</summary>
    internal static string WithoutComments(string css)
    {
        if (!css.Contains("/*", StringComparison.Ordinal))
            return css;
        var kept = new StringBuilder(css.Length);
        for (int i = 0; i < css.Length;)
        {
            if (css.AsSpan(i).StartsWith("/*"))
            {
                kept.Append(' ');
                int end = css.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? css.Length : end + 2;
                continue;
            }

            // Comments may stand in brackets, too.
            int next = css[i] is '(' or '[' or '{' ? i + 1 : Next(css, i);
            kept.Append(css, i, next - i);
            i = next;
        }

        return kept.ToString();
    }

    internal static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '\\' || c >= 0x80;

    private static int EndOfString(string css, int start)
    {
        for (int i = start + 1; i < css.Length; i++)
        {
            if (css[i] == '\\')
                i++;
            // A string that is not closed ends with its line.
            else if (css[i] == css[start] || css[i] == '\n')
                return i + 1;
        }

        return css.Length;
    }

    private static bool IsAddress(string css, int position)
    {
        if (!css.AsSpan(position).StartsWith("url(", StringComparison.OrdinalIgnoreCase) || (position > 0 && IsNameCharacter(css[position - 1])))
            return false;
        ReadOnlySpan<char> address = css.AsSpan(position + "url(".Length).TrimStart();
        return address.IsEmpty || address[0] is not ('"' or '\'');
    }

    private static int EndOfAddress(string css, int position)
    {
        for (; position < css.Length && css[position] != ')'; position++)
        {
            if (css[position] == '\\')
                position++;
        }

        return position + 1;
    }
}
