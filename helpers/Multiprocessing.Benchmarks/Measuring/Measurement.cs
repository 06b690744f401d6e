namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>Something that both sides can do, and how to measure it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">The unit of both figures.</param>
/// <param name="Better">Which figure is the better one.</param>
/// <param name="Ours">Measures our side. Throws if what was done is not right.</param>
internal sealed record Measurement(string Name, string Unit, Better Better, Func<Effort, Task<double>> Ours)
{
    /// <summary>What measures Python's side; null if Python has nothing like it.</summary>
    public PythonFigure? Python { get; init; }

    /// <summary>The figure that ours must reach; null if none is asked for.</summary>
    public double? Limit { get; init; }
}
