using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Styles;

/// <summary>Gives the ids that a style sheet refers to their new names. A colour may look like one: <c>#add</c>.</summary>
internal sealed partial class IdChange : CssRewriter
{
    private readonly IReadOnlyDictionary<string, string> _changed;

    /// <param name="changed">The new ids by the old ones.</param>
    internal IdChange(IReadOnlyDictionary<string, string> changed)
    {
        _changed = changed;
    }

    /// <summary>Changes the references in a declaration, or in the value of an attribute: <c>url(#gradient)</c>.</summary>
    internal string InValue(string value) => value.Contains("url(", StringComparison.OrdinalIgnoreCase)
        ? Reference().Replace(value, match => match.Groups[1].Value + _changed.GetValueOrDefault(match.Groups[2].Value, match.Groups[2].Value))
        : value;

    /// <inheritdoc/>
    protected override string RewriteSelectors(string selectors) =>
        Selector().Replace(selectors, match => _changed.TryGetValue(Unescape(match.Groups["id"].Value), out string? id) ? SelectorOf(id, match) : match.Value);

    /// <inheritdoc/>
    protected override string RewriteDeclaration(string declaration) => InValue(declaration);

    // Whatever the id begins with: that is no matter in quotes. The precedence is that of an id.
    private static string SelectorOf(string id, Match match) => match.Groups["attribute"].Success
        ? $"{match.Groups["attribute"].Value}\"{match.Groups["sign"].Value}{Escape(id)}\"]"
        : "#" + string.Concat(id.EnumerateRunes().Select((rune, index) => IsPlain(rune, index) ? rune.ToString() : $"\\{rune.Value:x} "));

    private static bool IsPlain(System.Text.Rune rune, int index) =>
        rune.Value >= 0x80 || rune.Value == '_' || System.Text.Rune.IsLetter(rune) || (index > 0 && (rune.Value == '-' || System.Text.Rune.IsDigit(rune)));

    private static string Escape(string id) => id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Unescape(string name) => !name.Contains('\\', StringComparison.Ordinal) ? name : Escaped().Replace(name, match =>
        match.Groups["code"] is { Success: true } code && int.TryParse(code.ValueSpan, System.Globalization.NumberStyles.HexNumber, null, out int value) && System.Text.Rune.IsValid(value)
            ? char.ConvertFromUtf32(value)
            : match.Groups["character"].Value);

    [GeneratedRegex("""(url\(\s*["']?#)([^"')\s]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex("""
        \#(?<id>(?:[\p{L}\p{N}_-]|[^\x00-\x7F]|\\[0-9A-Fa-f]{1,6}\s?|\\[^\n])+)
        |(?<attribute>\[\s*(?:id|for|(?:xlink\|)?href)\s*=\s*)(?:"(?<sign>\#?)(?<id>[^"]+)"|'(?<sign>\#?)(?<id>[^']+)'|(?<id>[\p{L}\p{N}_-]+))\s*\]
        |"[^"\n]*"|'[^'\n]*'|\\[^\n]
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Selector();

    [GeneratedRegex(@"\\(?:(?<code>[0-9A-Fa-f]{1,6})\s?|(?<character>.))", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
