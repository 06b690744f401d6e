using System.Globalization;

namespace NotebookRunner.Handouts.Terminals;

/// <summary>How a terminal shows a character. A colour is 0xRRGGBB; null is the terminal's own.</summary>
internal readonly record struct TerminalStyle
{
    internal int? Foreground { get; init; }

    internal int? Background { get; init; }

    internal bool IsBold { get; init; }

    internal bool IsFaint { get; init; }

    internal bool IsItalic { get; init; }

    internal bool IsUnderlined { get; init; }

    internal bool IsStruck { get; init; }

    internal bool IsInverse { get; init; }

    /// <summary>The style after a "select graphic rendition" sequence.</summary>
    /// <param name="parameters">What stands between <c>ESC [</c> and <c>m</c>.</param>
    internal TerminalStyle Select(string parameters)
    {
        TerminalStyle style = this;
        // A colon joins the parts of one parameter: "38:2::255:0:0".
        int[] codes = [.. parameters.Replace("::", ":", StringComparison.Ordinal).Split(';', ':').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        for (int i = 0; i < codes.Length; i++)
        {
            style = codes[i] switch
            {
                0 => default,
                1 => style with { IsBold = true },
                2 => style with { IsFaint = true },
                3 => style with { IsItalic = true },
                4 or 21 => style with { IsUnderlined = true },
                7 => style with { IsInverse = true },
                9 => style with { IsStruck = true },
                22 => style with { IsBold = false, IsFaint = false },
                23 => style with { IsItalic = false },
                24 => style with { IsUnderlined = false },
                27 => style with { IsInverse = false },
                29 => style with { IsStruck = false },
                >= 30 and <= 37 => style with { Foreground = TerminalColors.Of(codes[i] - 30) },
                38 => style with { Foreground = ReadColor(codes, ref i) ?? style.Foreground },
                39 => style with { Foreground = null },
                >= 40 and <= 47 => style with { Background = TerminalColors.Of(codes[i] - 40) },
                48 => style with { Background = ReadColor(codes, ref i) ?? style.Background },
                49 => style with { Background = null },
                >= 90 and <= 97 => style with { Foreground = TerminalColors.Of(codes[i] - 90 + 8) },
                >= 100 and <= 107 => style with { Background = TerminalColors.Of(codes[i] - 100 + 8) },
                // The colour of an underline has parts, too, which are no codes of their own.
                58 when ReadColor(codes, ref i) is var _ => style,
                _ => style,
            };
        }

        return style;
    }

    /// <summary>The sequence that selects this style.</summary>
    internal string ToSequence()
    {
        if (this == default)
            return "";
        List<string> codes = [];
        Add(IsBold, "1");
        Add(IsFaint, "2");
        Add(IsItalic, "3");
        Add(IsUnderlined, "4");
        Add(IsInverse, "7");
        Add(IsStruck, "9");
        Add(Foreground is not null, $"38;2;{Channels(Foreground)}");
        Add(Background is not null, $"48;2;{Channels(Background)}");
        return $"\u001b[{string.Join(';', codes)}m";

        void Add(bool isSet, string code)
        {
            if (isSet)
                codes.Add(code);
        }
    }

    private static string Channels(int? color) => string.Create(CultureInfo.InvariantCulture, $"{(color >> 16) & 0xFF};{(color >> 8) & 0xFF};{color & 0xFF}");

    private static int? ReadColor(int[] codes, ref int i)
    {
        if (i + 2 < codes.Length && codes[i + 1] == 5)
            return TerminalColors.Of(codes[i += 2]);
        if (i + 4 < codes.Length && codes[i + 1] == 2)
        {
            i += 4;
            return ((codes[i - 2] & 0xFF) << 16) | ((codes[i - 1] & 0xFF) << 8) | (codes[i] & 0xFF);
        }

        // Half a colour is the end of what can be understood.
        i = codes.Length;
        return null;
    }
}
