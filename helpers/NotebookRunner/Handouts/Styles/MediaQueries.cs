using System.Text.RegularExpressions;

namespace NotebookRunner.Handouts.Styles;

/// <summary>On which media rules hold. Dark colours are for screens: whoever prints at night wants black on white nevertheless.</summary>
internal static partial class MediaQueries
{
    /// <summary>Takes from paper what depends on a dark screen, and gives it what depends on a light one.</summary>
    internal static string KeepPrintLight(string queries) => queries.Contains("prefers-color-scheme", StringComparison.OrdinalIgnoreCase)
        ? string.Join(", ", CssText.SplitAtCommas(queries).Select(query => KeepOnePrintLight(query.Trim())))
        : queries;

    private static string KeepOnePrintLight(string query)
    {
        if (!query.Contains("prefers-color-scheme", StringComparison.OrdinalIgnoreCase))
            return query;
        if (LightAlone().IsMatch(query))
            return $"print, {query}";
        if (AllMedia().Match(query) is { Success: true } all)
            return $"screen {query[all.Length..]}";
        bool isCondition = query.StartsWith('(') || query.StartsWith("not(", StringComparison.OrdinalIgnoreCase) || NegatedCondition().IsMatch(query);
        if (!isCondition)
            return query;
        return $"screen and {(Alternatives().IsMatch(query) ? $"({query})" : query)}";
    }

    [GeneratedRegex(@"^(all\s+and\s+)?\(\s*prefers-color-scheme\s*:\s*light\s*\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LightAlone();

    [GeneratedRegex(@"^(only\s+)?all\s+(?=and\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AllMedia();

    [GeneratedRegex(@"^not\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NegatedCondition();

    [GeneratedRegex(@"\)\s*or\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alternatives();
}
