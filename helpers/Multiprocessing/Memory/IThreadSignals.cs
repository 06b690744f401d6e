namespace Multiprocessing.Memory;

/// <summary>
/// One signal for each thread that sleeps, which every process can set by the thread's number. A signal that is set stays so until its thread has slept on it; set twice, it is set. Thread-safe and process-safe.
/// </summary>
internal interface IThreadSignals
{
    /// <summary>The number of the calling thread, which no other thread of any process has that could meet it; zero if it cannot have a signal now.</summary>
    int Own { get; }

    /// <summary>Sleeps until the calling thread's signal is set, and clears it; or until the time is up.</summary>
    void Wait(TimeSpan limit);

    /// <summary>Sets the signal of a thread.</summary>
    /// <returns>False if it is known that there is no such thread any more.</returns>
    bool Set(int thread);
}
