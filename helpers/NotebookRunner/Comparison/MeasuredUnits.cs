using System.Text.RegularExpressions;

namespace NotebookRunner.Comparison;

/// <summary>The units that make a number a measured one.</summary>
internal static partial class MeasuredUnits
{
    /// <summary>What such a unit looks like after a number. Not the 초 of 초기 or the 배 of 배열.</summary>
    internal const string Pattern =
        """
        (?: (?: ns | [µμu]s | ms | s | x | [kKMGT]i?B ) (?![A-Za-z0-9_]) | 밀리초 | 마이크로초 | 나노초 | 초(?!기) | 배(?![열수치]) | % )
        """;

    /// <summary>Whether it is one.</summary>
    internal static bool Contains(string unit) => Whole().IsMatch(unit);

    /// <summary>How many seconds there are in a unit of time; null for other units.</summary>
    internal static double? SecondsPer(string unit) => unit switch
    {
        "s" or "초" => 1,
        "ms" or "밀리초" => 1e-3,
        "µs" or "μs" or "us" or "마이크로초" => 1e-6,
        "ns" or "나노초" => 1e-9,
        _ => null,
    };

    [GeneratedRegex($@"\A {Pattern} \z", RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
