using System.Buffers;
using System.Globalization;
using System.Text;
using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Handouts.Terminals;

/// <summary>What a terminal would show in the end of a text that was written for one.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Runs">Where which style begins; before the first it is the terminal's own.</param>
internal sealed record TerminalText(string Text, IReadOnlyList<TerminalRun> Runs)
{
    // The two papers of the style sheet.
    private const int LightPaper = 0xFFFFFF;
    private const int DarkPaper = 0x12161B;

    private static readonly SearchValues<char> Commands = SearchValues.Create("\r\b\u001b\u009b");

    internal static TerminalText Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Commands))
            return new TerminalText(text, []);
        var screen = new TerminalScreen();
        screen.Write(text);
        return screen.Read();
    }

    /// <summary>The first characters as HTML.</summary>
    internal string ToHtml(int length)
    {
        var html = new StringBuilder();
        int position = 0;
        TerminalStyle style = default;
        foreach (TerminalRun run in Runs.TakeWhile(run => run.Start < length).Append(new TerminalRun(length, default)))
        {
            Append(html, PlainText.ToHtml(Text.AsSpan(position, run.Start - position)), style);
            (position, style) = run;
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, TerminalStyle style)
    {
        if (text.Length == 0 || style == default)
            html.Append(text);
        else
            html.Append("<span class=\"tint\" style=\"").AppendJoin(';', Declarations(style)).Append("\">").Append(text).Append("</span>");
    }

    private static IEnumerable<string> Declarations(TerminalStyle style)
    {
        (int? color, int? background) = style.IsInverse ? (style.Background, style.Foreground) : (style.Foreground, style.Background);
        if (background is { } paper)
        {
            yield return $"color:{Hex(TerminalColors.Readable(color ?? LightPaper, paper))}";
            yield return $"background:{Hex(paper)}";
        }
        else if (style.IsInverse)
        {
            yield return "color:var(--paper)";
            yield return "background:var(--ink)";
        }
        else if (color is { } ink)
        {
            yield return $"--on-light:{Hex(TerminalColors.Readable(ink, LightPaper))}";
            yield return $"--on-dark:{Hex(TerminalColors.Readable(ink, DarkPaper))}";
        }
        else if (style.IsFaint)
        {
            yield return "color:var(--quiet)";
        }

        if (style.IsBold)
            yield return "font-weight:bold";
        if (style.IsItalic)
            yield return "font-style:italic";
        if (style.IsUnderlined || style.IsStruck)
            yield return $"text-decoration:{(style.IsUnderlined ? "underline" : "")}{(style.IsStruck ? " line-through" : "")}";
    }

    private static string Hex(int color) => "#" + color.ToString("x6", CultureInfo.InvariantCulture);
}
