using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookRunner.Comparison;

/// <summary>
/// The numbers of a timeline's threads and processes. They are counted in the order in which they begin, and of two that are started one right after the other now this one begins first and now
/// that one. So where lines may come in any order, it is not the number that tells lanes apart, but what is said of them.
/// </summary>
internal static partial class LaneNumbers
{
    /// <summary>Counts the lanes anew, in the order of what the lines say of them.</summary>
    internal static IReadOnlyList<OutputLine> Recount(IReadOnlyList<OutputLine> lines)
    {
        string[] lanes = [.. lines.SelectMany(line => Lane().Matches(line.Text)).Select(match => match.Value).Distinct()];
        if (lanes.Length < 2)
            return lines;
        var names = lanes
            .GroupBy(lane => lane.Split(' ')[0])
            .SelectMany(kind => kind
                .OrderBy(lane => Describe(lane, lines), StringComparer.Ordinal)
                .Select((lane, index) => (Lane: lane, Name: string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {index + 1}"))))
            .ToDictionary(pair => pair.Lane, pair => pair.Name);
        return [.. lines.Select(line => line with { Text = Lane().Replace(line.Text, match => names[match.Value]) })];
    }

    // The lanes' own numbers, like those of other lanes in the same line, say nothing; nor do measured ones, which are seldom the same twice.
    private static string Describe(string lane, IReadOnlyList<OutputLine> lines) => string.Join('\n', lines
        .Where(line => Lane().Matches(line.Text).Any(match => match.Value == lane))
        .Select(line => MeasuredText.Parse(Lane().Replace(line.Text, "#"), TimingBounds.Default).Text)
        .Order(StringComparer.Ordinal));

    // Not the 2 of 스레드 2개, nor a process's number in the operating system.
    [GeneratedRegex("(?:스레드|프로세스) [0-9]{1,3}(?![0-9개])", RegexOptions.CultureInvariant)]
    private static partial Regex Lane();
}
