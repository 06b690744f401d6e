namespace Multiprocessing.Timings.Charts;

/// <summary>A line of a <see cref="LineChart"/>. Its colour and its marker come from its place among the others.</summary>
/// <param name="Name">What stands at its end.</param>
/// <param name="Points">From left to right.</param>
internal sealed record Line(string Name, IReadOnlyList<LinePoint> Points)
{
    /// <summary>What a law gives for a number of workers, drawn as a dashed line; null for none.</summary>
    public Func<double, double>? Law { get; init; }

    /// <summary>What stands below the name, about the law.</summary>
    public string? LawCaption { get; init; }
}
