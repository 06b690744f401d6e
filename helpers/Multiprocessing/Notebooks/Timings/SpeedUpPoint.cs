namespace Multiprocessing.Timings;

/// <summary>A point of a <see cref="SpeedUpCurve"/>.</summary>
/// <param name="Series">What was run.</param>
/// <param name="Workers">By how many workers: threads, tasks or processes.</param>
/// <param name="Timing">How long it took.</param>
public sealed record SpeedUpPoint(string Series, int Workers, Timing Timing);
