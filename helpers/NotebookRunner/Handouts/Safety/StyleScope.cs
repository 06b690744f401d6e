using System.Text;
using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Safety;

/// <summary>Rewrites style sheets that come from inside a notebook, so that they do not reach what is not theirs.</summary>
internal static partial class StyleScope
{
    /// <summary>Limits the rules of a style sheet to what is inside an element.</summary>
    /// <param name="css">The style sheet.</param>
    /// <param name="scope">The selector of the element.</param>
    internal static string Limit(string css, string scope)
    {
        var limited = new StringBuilder();
        AppendRules(limited, Comment().Replace(KeepPrintLight(css), " "), scope);
        return limited.ToString();
    }

    /// <summary>Dark colours are for screens: whoever prints at night wants black on white nevertheless.</summary>
    internal static string KeepPrintLight(string css) => DarkOnAnyMedium().Replace(css, "@media screen and (prefers-color-scheme");

    private static void AppendRules(StringBuilder limited, string css, string scope)
    {
        int position = 0;
        while (FindBlock(css, position) is var (open, close))
        {
            // What ends with a semicolon before it (@charset, @import) applies to files.
            string prelude = css[position..open];
            prelude = prelude[(prelude.LastIndexOf(';') + 1)..].Trim();
            string body = css[(open + 1)..close];
            if (IsGroup(prelude))
            {
                limited.Append(prelude).Append(" { ");
                AppendRules(limited, body, scope);
                limited.Append("} ");
            }
            else
            {
                limited.Append(prelude.StartsWith('@') ? prelude : LimitSelectors(prelude, scope)).Append(" {").Append(body).Append("} ");
            }

            position = close + 1;
        }
    }

    private static bool IsGroup(string prelude) =>
        prelude.StartsWith("@media", StringComparison.OrdinalIgnoreCase) || prelude.StartsWith("@supports", StringComparison.OrdinalIgnoreCase);

    private static (int Open, int Close)? FindBlock(string css, int start)
    {
        int open = css.IndexOf('{', start);
        if (open < 0)
            return null;
        int depth = 0;
        for (int i = open; i < css.Length; i++)
        {
            depth += css[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return (open, i);
        }

        return null;
    }

    private static string LimitSelectors(string selectors, string scope) => string.Join(", ", SplitAtCommas(selectors).Select(selector =>
        selector.Trim() is var text && text is "svg" or ":root" ? scope : $"{scope} {text}"));

    private static IEnumerable<string> SplitAtCommas(string selectors)
    {
        int start = 0;
        int depth = 0;
        for (int i = 0; i < selectors.Length; i++)
        {
            depth += selectors[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (selectors[i] != ',' || depth > 0)
                continue;
            yield return selectors[start..i];
            start = i + 1;
        }

        yield return selectors[start..];
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@media\s*\(\s*prefers-color-scheme", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DarkOnAnyMedium();
}
