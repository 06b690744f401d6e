namespace Multiprocessing.Timings.Charts;

/// <summary>A point of a <see cref="Line"/>.</summary>
/// <param name="X">Its place to the right.</param>
/// <param name="Y">Its height.</param>
/// <param name="Least">The lowest of what was measured.</param>
/// <param name="Most">The highest.</param>
/// <param name="Details">What a pointer over it shows.</param>
internal sealed record LinePoint(int X, double Y, double Least, double Most, string Details);
