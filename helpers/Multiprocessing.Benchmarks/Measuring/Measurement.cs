namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Something that we can do, and mostly somebody else, too; and how to measure it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Better">Which figure is the better one.</param>
/// <param name="Ours">Measures our side, until the token gives it up. Throws if what was done is not right.</param>
internal sealed record Measurement(string Name, string Unit, Better Better, Func<Effort, CancellationToken, Task<double>> Ours)
{
    /// <summary>A measurement that nothing can give up, once it has begun.</summary>
    public Measurement(string name, string unit, Better better, Func<Effort, Task<double>> ours)
        : this(name, unit, better, (effort, _) => ours(effort))
    {
    }

    /// <summary>What measures the other side; null if nobody else has anything like it.</summary>
    public PeerFigure? Theirs { get; init; }

    /// <summary>What our side may take before it can begin, beyond the time that a measurement has: to build something.</summary>
    public TimeSpan Preparation { get; init; }

    /// <summary>The figure that ours must reach; null if none is asked for.</summary>
    public double? Limit { get; init; }
}
