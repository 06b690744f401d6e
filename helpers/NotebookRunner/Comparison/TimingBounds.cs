namespace NotebookRunner.Comparison;

/// <summary>Which numbers of a timing cell are measured ones, and within which bounds they may differ from the committed ones.</summary>
internal sealed record TimingBounds
{
    internal static readonly TimingBounds Default = new();

    /// <summary>The bounds of all numbers that <see cref="Where"/> has none for.</summary>
    internal NumberBounds Numbers { get; init; } = NumberBounds.Default;

    /// <summary>Whether whole numbers without a unit are measured ones, too.</summary>
    internal bool WholeNumbers { get; init; }

    /// <summary>Bounds for some of the numbers. The first that fits a number counts.</summary>
    internal IReadOnlyList<TimingRule> Where { get; init; } = [];

    /// <summary>The bounds of a number.</summary>
    /// <param name="line">The line that it stands in.</param>
    /// <param name="number">The number.</param>
    internal NumberBounds For(string line, MeasuredNumber number) => RuleFor(line, number)?.Bounds ?? Numbers;

    /// <summary>The rule that counts for a number; null if it has the cell's bounds.</summary>
    /// <inheritdoc cref="For"/>
    internal TimingRule? RuleFor(string line, MeasuredNumber number) => Where.FirstOrDefault(rule => rule.Fits(line, number));
}
