using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookRunner.Comparison;

/// <summary>A line of text, taken apart into measured numbers and what stands between them.</summary>
/// <param name="Text">The line with a mark in the place of each measured number.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="Line">The line as a reader sees it, spaces that only align it taken out.</param>
internal sealed partial record MeasuredText(string Text, IReadOnlyList<MeasuredNumber> Numbers, string Line)
{
    private const char NumberMark = '\uE000';
    private const char TimeMark = '\uE001';

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bounds">Whether there are measured numbers at all, and which; null for none.</param>
    internal static MeasuredText Parse(string line, TimingBounds? bounds)
    {
        if (bounds is null)
            return new MeasuredText(line, [], line);
        List<MeasuredNumber> numbers = [];
        // In a column of numbers a shorter one has more spaces before it.
        string aligned = Whitespace().Replace(line, " ").Trim();
        string text = Number().Replace(RunCount().Replace(aligned, "#회"), match =>
        {
            string unit = match.Groups["unit"].Value;
            // What is neither a fraction nor has a unit is more often a result than a measurement: the 25 of a square.
            bool isMeasured = bounds.WholeNumbers || unit.Length > 0 || match.Groups["fraction"].Success;
            if (!isMeasured)
                return match.Value;
            double number = Read(match.Groups["number"].Value);
            // A program may choose the unit by the size of the number: 0.12 s, 98 ms.
            double? seconds = MeasuredUnits.SecondsPer(unit.Trim());
            numbers.Add(new MeasuredNumber(number * (seconds ?? 1), unit.Trim(), match.Value));
            return seconds is null ? NumberMark + unit : TimeMark.ToString();
        });
        return new MeasuredText(text, numbers, aligned);
    }

    /// <summary>Takes all numbers out of a text.</summary>
    internal static string WithoutNumbers(string text) => AnyNumber().Replace(text, "0");

    /// <summary>Whether the other line says the same, its numbers being within the bounds.</summary>
    internal bool Matches(MeasuredText actual, TimingBounds? bounds) => Text == actual.Text && FindOutOfBounds(actual, bounds) is null;

    /// <summary>Why a number of the other line, which is this one but for its numbers, cannot stand for the one here; null if each can, or if it is another line.</summary>
    internal string? FindOutOfBounds(MeasuredText actual, TimingBounds? bounds)
    {
        if (bounds is null || Text != actual.Text)
            return null;
        foreach (var (here, there) in Numbers.Zip(actual.Numbers))
        {
            NumberBounds allowed = bounds.For(Line, here);
            if (!allowed.Accept(here.Value, there.Value))
                return $"{there.Text.Trim()} for {here.Text.Trim()} ({allowed})";
        }

        return null;
    }

    private static double Read(string number) =>
        double.Parse(number.Replace('−', '-'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // Not the 1 of p1 or of 1.2.3.
    [GeneratedRegex(
        $$"""
        (?<![A-Za-z0-9_.])
        (?<number> [-−]? (?> [0-9]{1,3} (?:,[0-9]{3})+ (?![0-9]) | [0-9]+ ) (?<fraction> (?> \.[0-9]+ (?:[eE][-+]?[0-9]+)? | [eE][-+]?[0-9]+ ) )? )
        (?! \.[0-9] )
        (?<unit> [ ]? {{MeasuredUnits.Pattern}} )?
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    // How often TimingComparison has measured an action: the fewer times, the longer it takes.
    [GeneratedRegex("(?<![A-Za-z0-9_.,])[135]회", RegexOptions.CultureInvariant)]
    private static partial Regex RunCount();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();

    [GeneratedRegex("[0-9]+(?:[.,][0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex AnyNumber();
}
