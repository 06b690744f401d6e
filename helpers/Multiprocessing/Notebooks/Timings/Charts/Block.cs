namespace Multiprocessing.Timings.Charts;

/// <summary>A rectangle of a <see cref="LaneChart"/>.</summary>
/// <param name="Name">What was done; of several, how many.</param>
/// <param name="Row">In which row of its lane, from 0.</param>
/// <param name="Start">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Block(string Name, int Row, TimeSpan Start, TimeSpan Elapsed);
