namespace Multiprocessing.Benchmarks.Measuring;

/// <summary>How often a measurement is repeated: the same for both sides.</summary>
/// <param name="Runs">The most runs that count.</param>
/// <param name="Time">After this time no further run begins, if there were a few.</param>
/// <param name="Limit">A side that takes longer than this is given up.</param>
/// <param name="Divisor">What the size of a run is divided by, where a run may be shorter.</param>
internal sealed record Effort(int Runs, TimeSpan Time, TimeSpan Limit, int Divisor)
{
    private const int FewestRuns = 3;

    /// <summary>How many times the time there is for the fewest runs.</summary>
    private const int Patience = 4;

    public static Effort Full { get; } = new(25, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(3), Divisor: 1);

    public static Effort Quick { get; } = new(7, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(30), Divisor: 10);

    /// <summary>What is said of a side that is given up.</summary>
    public string TimeLimit => FormattableString.Invariant($"not done after {Limit.TotalSeconds} s");

    /// <summary>How many there are to be in a run, of so many in a full one.</summary>
    public int Share(int full) => full / Divisor;

    /// <summary>Whether so many runs, in so much time, are enough.</summary>
    public bool IsEnough(int runs, TimeSpan elapsed) => runs >= Runs || elapsed >= Time * (runs < FewestRuns ? Patience : 1);
}
