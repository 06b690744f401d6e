using System.Diagnostics;

namespace Multiprocessing.Pools;

/// <summary>
/// How many inputs go together, from how long they take: enough for the exchange not to count, few enough for the workers to end together. Guided self-scheduling
/// (Polychronopoulos and Kuck, 1987) with a measured upper limit.
/// </summary>
/// <param name="given">What the user wants; null for automatic.</param>
/// <param name="workers">How many workers there are.</param>
/// <param name="most">The most that may go together, unless given.</param>
internal sealed class ChunkSizing(int? given, int workers, int most = ChunkSizing.MostInputs)
{
    /// <summary>A batch of this length costs a hundred times its exchange.</summary>
    private static readonly double Target = Stopwatch.Frequency * 1.5e-3;

    /// <summary>A worker has about so much work ahead of it, so that it need not wait for the next batch.</summary>
    private static readonly double Ahead = Stopwatch.Frequency * 300e-6;

    private const int MostGrowth = 16;
    private const int MostInputs = 64 * 1024;

    /// <summary>The most when results are wanted as they come.</summary>
    public const int MostInStream = 1024;
    private const int MostBatches = 256;

    private double _ticksPerInput = double.NaN;
    private int _largest = 1;

    /// <summary>Whether the user has said how many inputs go together.</summary>
    public bool IsGiven => given is not null;

    /// <summary>How many workers there are.</summary>
    public int Workers => workers;

    /// <summary>The size of the next batch.</summary>
    /// <param name="remaining">How many inputs are left; null if nobody knows.</param>
    public int Next(long? remaining)
    {
        if (given is { } size)
        {
            return size;
        }

        double wanted = double.IsNaN(_ticksPerInput) ? 1 : Math.Min(Target / _ticksPerInput, (double)_largest * MostGrowth);
        if (remaining is { } left)
        {
            wanted = Math.Min(wanted, left / (2.0 * workers));
        }

        return (int)Math.Clamp(wanted, 1, most);
    }

    /// <summary>How many inputs keep all workers busy while one looks elsewhere.</summary>
    public int InputsAhead => 4 * workers * Math.Max(given ?? _largest, 4);

    /// <summary>How many batches a worker may have at a time.</summary>
    public int BatchesAhead
    {
        get
        {
            double batch = _ticksPerInput * (given ?? _largest);
            return double.IsNaN(batch) || batch > Ahead ? 1 : (int)Math.Min(1 + (Ahead / Math.Max(batch, 1)), MostBatches);
        }
    }

    /// <summary>Learns how long inputs took.</summary>
    public void Record(int inputs, long elapsed)
    {
        double measured = (double)elapsed / inputs;

        // One slow input says little of the next; many, much.
        double weight = double.IsNaN(_ticksPerInput) ? 1 : Math.Clamp(inputs / (double)_largest, 0.1, 0.7);
        _ticksPerInput = double.IsNaN(_ticksPerInput) ? measured : (weight * measured) + ((1 - weight) * _ticksPerInput);
        _largest = Math.Max(_largest, inputs);
    }
}
