namespace Multiprocessing.Tests.Pools;

/// <summary>Functions that wait for each other, in whatever process or thread they run: so a test can tell that they run side by side.</summary>
internal static class Rendezvous
{
    /// <summary>Long enough for some processes to start on a machine with twenty times more to do than it can, and well within the time of a test.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Arrives, and waits until all have arrived.</summary>
    /// <returns>Whether they have, in good time.</returns>
    public static bool Meet(SharedValue<int> arrived, int parties)
    {
        arrived.Increment();
        return Await(() => arrived.Value >= parties);
    }

    /// <summary>Waits until something is so.</summary>
    /// <returns>Whether it is, in good time.</returns>
    public static bool Await(Func<bool> condition)
    {
        long start = Environment.TickCount64;
        while (!condition())
        {
            if (Environment.TickCount64 - start > Limit.TotalMilliseconds)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }
}
