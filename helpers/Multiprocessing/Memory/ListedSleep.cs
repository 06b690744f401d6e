namespace Multiprocessing.Memory;

/// <summary>
/// Sleeps until a word of shared memory changes where no kernel call does that between processes (Windows, whose WaitOnAddress is for one process): whoever sleeps is listed beside the word, and has a signal of its own.
/// Thread-safe and process-safe.
/// </summary>
/// <remarks>
/// <para>Memory model. Sleep: (W1) the thread's number is put into the list by a compare-exchange, and a full fence; (W2) the word is read: if it has changed, the thread leaves; (W3) it waits for
/// its signal. Wake: (S1) the word is changed, by a locked operation, and a full fence; (S2) the list is read; (S3) each number that is taken out is answered by that thread's signal. Both sides store and then load what the other
/// stored, with a full fence between, so W2 sees S1 or S2 sees W1: the thread does not fall asleep, or is taken out, and then its signal is set, before or after W3. A signal belongs to one thread and stays
/// until that one has waited for it: nobody who came later can take it away, as could be with a semaphore for each word, from which the permits for those that fall asleep just now go to whoever is faster.</para>
/// <para>Whoever leaves by itself, since its time was up, takes its number out by a compare-exchange. If that fails, it was taken out by somebody who sets, or has set, the signal, too late: the thread's next sleep, on whatever
/// word, then ends at once, and its caller looks once too often. Signals do not pile up: set twice is set once, and whoever returns looks at everything again.</para>
/// <para>Anybody may be killed anywhere. A sleeper that dies leaves its number, which the next wake takes out: a signal that nobody hears. With <see cref="Wake"/> for one this may be the one that was
/// chosen, if a dead one cannot be told from a living one; the others look again when their limit is over. So do those whom a waker had taken out when it died.</para>
/// </remarks>
/// <param name="signals">What threads sleep on.</param>
internal sealed unsafe class ListedSleep(IThreadSignals signals)
{
    /// <summary>Sleeps while the word has that value, but not longer than the limit; may return sooner.</summary>
    /// <returns>False if the caller must pass its time in another way: the list is full, or there is no signal to be had.</returns>
    public bool TryWait(int* word, int value, TimeSpan limit, SleeperList sleepers)
    {
        int me = signals.Own;
        int* place = me == 0 ? null : sleepers.TryEnter(me);
        if (place is null)
        {
            return false;
        }

        // The compare-exchange is a fence by itself on x64; on ARM64 only with the atomic instructions of 8.1 and later.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *word) == value)
        {
            signals.Wait(limit);
        }

        SleeperList.Leave(place, me);
        return true;
    }

    /// <summary>Sleeps while all of the words have their values, but not longer than the limit; may return sooner. The thread is listed beside each of them, and whoever wakes it takes it out of one.</summary>
    /// <returns>False if the caller must pass its time in another way: a list is full, or there is no signal to be had.</returns>
    public bool TryWaitAny(ReadOnlySpan<WatchedWord> words, TimeSpan limit)
    {
        int me = signals.Own;
        if (me == 0)
        {
            return false;
        }

        nint* places = stackalloc nint[words.Length];
        int listed = 0;
        while (listed < words.Length && words[listed].Sleepers.TryEnter(me) is not null and var place)
        {
            places[listed++] = (nint)place;
        }

        bool areAllListed = listed == words.Length;
        Interlocked.MemoryBarrier();
        if (areAllListed && AreUnchanged(words))
        {
            signals.Wait(limit);
        }

        for (int i = 0; i < listed; i++)
        {
            SleeperList.Leave((int*)places[i], me);
        }

        return areAllListed;
    }

    /// <summary>Wakes those that sleep, after the word has been changed.</summary>
    /// <param name="sleepers">The list beside the word.</param>
    /// <param name="most">How many to wake.</param>
    public void Wake(SleeperList sleepers, int most)
    {
        Interlocked.MemoryBarrier();
        int index = 0;
        while (most > 0 && sleepers.Take(ref index) is not 0 and var thread)
        {
            most -= signals.Set(thread) ? 1 : 0;
        }
    }

    private static bool AreUnchanged(ReadOnlySpan<WatchedWord> words)
    {
        foreach (WatchedWord word in words)
        {
            if (!word.IsUnchanged)
            {
                return false;
            }
        }

        return true;
    }
}
