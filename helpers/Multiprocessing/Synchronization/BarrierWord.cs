namespace Multiprocessing.Synchronization;

/// <summary>The state of a barrier in one word: from the top, the number of the phase, how many have arrived, how many there are, and whether it is broken.</summary>
/// <param name="Bits">The word.</param>
internal readonly record struct BarrierWord(long Bits)
{
    /// <summary>The most participants: 15 bits, as <see cref="Barrier"/> has it.</summary>
    public const int MostParticipants = short.MaxValue;

    private const int CountAt = 1;
    private const int ArrivedAt = 16;
    private const int PhaseAt = 31;
    private const long Broken = 1;

    public BarrierWord(long phase, int arrived, int count)
        : this((phase << PhaseAt) | ((long)arrived << ArrivedAt) | ((long)count << CountAt))
    {
    }

    public long Phase => (long)((ulong)Bits >> PhaseAt);

    public int Arrived => (int)(Bits >> ArrivedAt) & MostParticipants;

    public int Count => (int)(Bits >> CountAt) & MostParticipants;

    public bool IsBroken => (Bits & Broken) != 0;

    /// <summary>One more has arrived; the last one ends the phase.</summary>
    public BarrierWord Arrive() => Settle(Phase, Arrived + 1, Count);

    /// <summary>One that has arrived goes away again.</summary>
    public BarrierWord Withdraw() => new(Phase, Arrived - 1, Count);

    /// <summary>There are more, or fewer: then those that have arrived may be all.</summary>
    public BarrierWord Resize(int change) => Settle(Phase, Arrived, Count + change);

    public BarrierWord Break() => new(Bits | Broken);

    private static BarrierWord Settle(long phase, int arrived, int count) => arrived == count && arrived > 0 ? new(phase + 1, 0, count) : new(phase, arrived, count);
}
