using System.Globalization;
using System.Text;

namespace Multiprocessing.Timings.Charts;

/// <summary>How much room a text takes, on paper and in a column of fixed width.</summary>
/// <remarks>
/// No font is at hand when a chart is written, and the reader's is not known. The estimate is on the generous side of the fonts of the style,
/// where a Hangul syllable is 0.86 to 0.95 em wide, a digit 0.5 to 0.56, a space or a point 0.2 to 0.35.
/// </remarks>
internal static class ChartText
{
    private const double WideEm = 0.95;
    private const double NarrowEm = 0.6;
    private const double ThinEm = 0.35;

    /// <summary>The width in the unit of the font size.</summary>
    public static double Width(string text, double fontSize) => fontSize * Elements(text).Sum(Em);

    /// <summary>The width in columns of a terminal, where Hangul takes two.</summary>
    public static int Columns(string text) => Elements(text).Sum(element => IsWide(element) ? 2 : 1);

    /// <summary>The text on one line, cut with an ellipsis if it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        string line = Clean(text);
        if (Width(line, fontSize) <= width)
            return line;

        var kept = new StringBuilder();
        double room = width / fontSize - WideEm;
        foreach (string element in Elements(line))
        {
            room -= Em(element);
            if (room < 0)
                break;
            kept.Append(element);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>The text on as few lines as its words allow; what is too much for the last one is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, double fontSize, double width, int mostLines)
    {
        var lines = new List<string>();
        foreach (string word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && (lines.Count == mostLines || Width($"{lines[^1]} {word}", fontSize) <= width))
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }

        return [.. lines.Select(line => Fit(line, fontSize, width))];
    }

    /// <summary>The text without what would break a line, a table or XML.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Half a surrogate pair comes out of the enumeration as U+FFFD.
        foreach (Rune rune in text.EnumerateRunes())
        {
            Rune replacement = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
                _ when rune.Value is 0xFFFE or 0xFFFF => Rune.ReplacementChar,
                _ => rune,
            };
            clean.Append(replacement);
        }

        return clean.ToString();
    }

    private static double Em(string element) =>
        IsWide(element) ? WideEm
        : element[0] is ' ' or '.' or ',' or '·' ? ThinEm
        : NarrowEm;

    private static IEnumerable<string> Elements(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    // Unicode Standard Annex #11 (East Asian Width), by blocks.
    private static bool IsWide(string element) => Rune.TryGetRuneAt(element, 0, out Rune rune) && rune.Value is
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xA960 and <= 0xA97F or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
        or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD;
}
