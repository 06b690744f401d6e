using System.Globalization;
using System.Net;
using System.Text;

namespace NotebookRunner.Handouts.Safety;

/// <summary>Puts text into HTML so that it stays text, and so that nothing in it hides.</summary>
internal static class PlainText
{
    /// <summary>Encodes what HTML reads as markup, and makes control characters and direction marks visible.</summary>
    internal static string ToHtml(ReadOnlySpan<char> text)
    {
        var html = new StringBuilder(text.Length + (text.Length / 8));
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '&':
                    html.Append("&amp;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\n' or '\t':
                    html.Append((char)rune.Value);
                    break;
                case < 0x20 or (>= 0x7F and <= 0x9F) or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069):
                    html.Append(CultureInfo.InvariantCulture, $"<span class=\"mark\">U+{rune.Value:X4}</span>");
                    break;
                default:
                    html.Append(rune);
                    break;
            }
        }

        return html.ToString();
    }

    /// <summary>Encodes a title, in which there are no elements: control characters and direction marks are left out.</summary>
    internal static string ToTitle(string text) => WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes()
        .Where(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate))));

    /// <summary>Encodes the value of an attribute in double quotes.</summary>
    internal static string ToAttribute(string value) => WebUtility.HtmlEncode(value);
}
