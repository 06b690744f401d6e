namespace Multiprocessing.Pools;

/// <summary>Inputs of a call that one worker was given together.</summary>
/// <param name="call">The number of the call.</param>
/// <param name="first">The index of the first input.</param>
/// <param name="count">How many there are.</param>
internal class Batch(int call, long first, int count)
{
    public int Call => call;

    public long First => first;

    /// <summary>How many there are: fewer when some were taken back.</summary>
    public int Count { get; set; } = count;

    /// <summary>How many inputs its worker had been given before.</summary>
    public long Place { get; set; }

    /// <summary>For how many of them, from the first on, it is known what became of them.</summary>
    public int Answered { get; set; }

    /// <summary>How many workers have died of it, as far as is known: while they read it, or before they had taken up anything of its call.</summary>
    public int Attempts { get; init; }
}
