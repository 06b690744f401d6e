namespace Multiprocessing.Timings.Charts;

/// <summary>One bar of a <see cref="BarChart"/>. Lengths are in the unit of the data, not of the drawing.</summary>
internal sealed record Bar(string Name, double Length)
{
    /// <summary>What stands at the end of the bar.</summary>
    public required string Caption { get; init; }

    /// <summary>What a pointer over the bar shows.</summary>
    public required string Details { get; init; }

    /// <summary>A length to compare with, marked by a line across the bar.</summary>
    public double? Mark { get; init; }

    /// <summary>What stands below the mark.</summary>
    public string? MarkCaption { get; init; }

    /// <summary>Whether the others are compared with this one; it is drawn in a quieter colour.</summary>
    public bool IsBaseline { get; init; }
}
