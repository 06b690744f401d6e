using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookRunner.Comparison;

/// <summary>A line of text, taken apart into measured numbers and what stands between them.</summary>
/// <param name="Text">The line with a mark in the place of each measured number.</param>
/// <param name="Numbers">The numbers, times in seconds.</param>
internal sealed partial record MeasuredText(string Text, IReadOnlyList<double> Numbers)
{
    private const char NumberMark = '\uE000';
    private const char TimeMark = '\uE001';

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bounds">Whether there are measured numbers at all, and which; null for none.</param>
    internal static MeasuredText Parse(string line, TimingBounds? bounds)
    {
        if (bounds is null)
            return new MeasuredText(line, []);
        List<double> numbers = [];
        // In a column of numbers a shorter one has more spaces before it.
        string text = Number().Replace(Whitespace().Replace(line, " ").Trim(), match =>
        {
            string unit = match.Groups["unit"].Value;
            // What is neither a fraction nor has a unit is more often a result than a measurement: the 25 of a square.
            bool isMeasured = bounds.WholeNumbers || unit.Length > 0 || match.Groups["fraction"].Success;
            if (!isMeasured)
                return match.Value;
            double number = Read(match.Groups["number"].Value);
            if (SecondsPer(unit) is not { } seconds)
            {
                numbers.Add(number);
                return NumberMark + unit;
            }

            // A program may choose the unit by the size of the number: 0.12 s, 98 ms.
            numbers.Add(number * seconds);
            return TimeMark.ToString();
        });
        return new MeasuredText(text, numbers);
    }

    /// <summary>Takes all numbers out of a text.</summary>
    internal static string WithoutNumbers(string text) => AnyNumber().Replace(text, "0");

    /// <summary>Whether the other line says the same, its numbers being within the bounds.</summary>
    internal bool Matches(MeasuredText actual, TimingBounds? bounds) =>
        Text == actual.Text && (bounds is null || Numbers.Zip(actual.Numbers).All(pair => bounds.Accept(pair.First, pair.Second)));

    private static double Read(string number) =>
        double.Parse(number.Replace('−', '-'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static double? SecondsPer(string unit) => unit.Trim() switch
    {
        "s" or "초" => 1,
        "ms" or "밀리초" => 1e-3,
        "µs" or "μs" or "us" or "마이크로초" => 1e-6,
        "ns" or "나노초" => 1e-9,
        _ => null,
    };

    // Not the 1 of p1 or of 1.2.3, nor the 초 of 초기 or the 배 of 배열.
    [GeneratedRegex(
        """
        (?<![A-Za-z0-9_.])
        (?<number> [-−]? (?> [0-9]{1,3} (?:,[0-9]{3})+ (?![0-9]) | [0-9]+ ) (?<fraction> (?> \.[0-9]+ (?:[eE][-+]?[0-9]+)? | [eE][-+]?[0-9]+ ) )? )
        (?! \.[0-9] )
        (?<unit> [ ]? (?: (?: ns | [µμu]s | ms | s | x | [kKMGT]i?B ) (?![A-Za-z0-9_]) | 밀리초 | 마이크로초 | 나노초 | 초(?!기) | 배(?![열수치]) | % ) )?
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();

    [GeneratedRegex("[0-9]+(?:[.,][0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex AnyNumber();
}
