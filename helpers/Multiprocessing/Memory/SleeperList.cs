namespace Multiprocessing.Memory;

/// <summary>
/// The numbers of the threads that sleep until a word of shared memory changes, beside that word. Used where the kernel does not keep such a list itself (<see cref="ListedSleep"/>). All zero: nobody sleeps.
/// </summary>
/// <param name="first">The first place.</param>
/// <param name="count">How many places there are.</param>
internal readonly unsafe struct SleeperList(int* first, int count)
{
    /// <summary>Notes that a thread sleeps; a full fence.</summary>
    /// <returns>Its place; null if there is none free.</returns>
    public int* TryEnter(int thread)
    {
        for (int* place = first; place < first + count; place++)
        {
            if (Volatile.Read(ref *place) == 0 && Interlocked.CompareExchange(ref *place, thread, 0) == 0)
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Notes that a thread does not sleep any more, unless somebody has taken it out to wake it.</summary>
    public static void Leave(int* place, int thread) => Interlocked.CompareExchange(ref *place, 0, thread);

    /// <summary>Takes a thread out, to wake it.</summary>
    /// <param name="index">Where to begin to look; then, where to go on.</param>
    /// <returns>The thread; zero if there is none from there on.</returns>
    public int Take(ref int index)
    {
        while (index < count)
        {
            int* place = first + index++;
            int thread = Volatile.Read(ref *place);
            if (thread != 0 && Interlocked.CompareExchange(ref *place, 0, thread) == thread)
            {
                return thread;
            }
        }

        return 0;
    }
}
