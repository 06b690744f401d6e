using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Safety;

/// <summary>What a terminal would show in the end of a text that was written for one.</summary>
internal static partial class TerminalText
{
    /// <summary>Drops escape sequences and plays carriage returns: a progress bar is left with its last state.</summary>
    internal static string ToPlain(string text)
    {
        if (text.Contains('\u001b', StringComparison.Ordinal) || text.Contains('\u009b', StringComparison.Ordinal))
            text = EscapeSequence().Replace(text, "");
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Contains('\r', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(Overwrite)) : text;
    }

    private static string Overwrite(string line) =>
        line.Split('\r').Aggregate((shown, next) => next.Length >= shown.Length ? next : string.Concat(next, shown.AsSpan(next.Length)));

    // CSI sequences (colours, cursor), OSC sequences (titles, links) and the short ones.
    [GeneratedRegex(@"(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B[ -/]*[0-~]", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeSequence();
}
