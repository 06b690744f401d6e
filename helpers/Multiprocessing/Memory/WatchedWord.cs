namespace Multiprocessing.Memory;

/// <summary>A word of shared memory that somebody waits for together with others.</summary>
/// <param name="word">The word.</param>
/// <param name="value">What it had: the wait is over when it has another value.</param>
/// <param name="sleepers">The list beside the word.</param>
internal readonly unsafe struct WatchedWord(int* word, int value, SleeperList sleepers)
{
    public int* Word => word;

    public int Value => value;

    public SleeperList Sleepers => sleepers;

    /// <summary>Whether it still has that value.</summary>
    public bool IsUnchanged => Volatile.Read(ref *word) == value;
}
