using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Terminals;

/// <summary>The sequences of characters by which text moves a terminal's cursor and chooses colours (ECMA-48).</summary>
internal static partial class EscapeSequence
{
    // Longer than any that is one: titles and links are strings.
    private const int MaxLength = 4096;

    /// <summary>The whole sequence that begins here; no success if it is none, or has no end.</summary>
    internal static Match At(string text, int start) => Whole().Match(text, start, Math.Min(MaxLength, text.Length - start));

    /// <summary>How long the sequence is, so far, in whose midst the text ends; 0 if it does not.</summary>
    internal static int UnfinishedLength(string text)
    {
        string tail = text[Math.Max(0, text.Length - MaxLength)..];
        return Unfinished().Match(tail).Length;
    }

    // CSI sequences (colours, cursor), strings (titles, links), and the short ones. No string goes over a line's end: who forgot to close one means no more than that.
    [GeneratedRegex(@"\G(?:(?:\x1B\[|\x9B)(?<parameters>[0-?]*)(?<between>[ -/]*)(?<final>[@-~])|\x1B[\]PX^_][^\x07\x1B\n]*(?:\x07|\x1B\\)|\x1B[ -/]*[0-OQ-WYZ`-~])", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?:(?:\x1B\[|\x9B)[0-?]*[ -/]*|\x1B[\]PX^_][^\x07\x1B\n]*\x1B?|\x1B[ -/]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unfinished();
}
