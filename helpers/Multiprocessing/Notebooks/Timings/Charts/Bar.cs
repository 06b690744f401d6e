namespace Multiprocessing.Timings.Charts;

/// <summary>One bar of a <see cref="BarChart"/>. Lengths are in the unit of the data, not of the drawing.</summary>
internal sealed record Bar(string Name, double Length)
{
    /// <summary>What stands at the end of the bar.</summary>
    public required string Caption { get; init; }

    /// <summary>What a pointer over the bar shows.</summary>
    public required string Details { get; init; }

    /// <summary>What stands above the end of the bar, beside its name; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The shortest and the longest of what was measured, drawn as a whisker along the bar; null if it was measured once.</summary>
    public (double From, double To)? Spread { get; init; }

    /// <summary>A length to compare with, marked by a line across the bar.</summary>
    public double? Mark { get; init; }

    /// <summary>What stands below the mark.</summary>
    public string? MarkCaption { get; init; }

    /// <summary>Whether the others are compared with this one; it is drawn in a quieter colour.</summary>
    public bool IsBaseline { get; init; }
}
