using System.Diagnostics;
using Multiprocessing.Workers;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>Brings the stock of workers into a known state.</summary>
internal static class Stock
{
    private const int QuietLooks = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Has so many workers started, and waits until they have prepared themselves.</summary>
    /// <exception cref="InvalidOperationException">They have not, for a long time.</exception>
    public static async Task FillAsync(int workers)
    {
        WorkerPool.Prepare(workers);
        await SettleAsync(workers);
    }

    /// <summary>Ends the workers in stock, also those that what was before has asked for in its place.</summary>
    /// <exception cref="InvalidOperationException">They do not come to rest.</exception>
    public static async Task EmptyAsync()
    {
        await SettleAsync(workers: 0);
        WorkerHost.Default.Stock.Clear();
    }

    /// <summary>Waits until there are so many workers, and none uses processor time any more.</summary>
    private static async Task SettleAsync(int workers)
    {
        if (!OperatingSystem.IsLinux())
        {
            // A second for each is plenty.
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, workers)));
            return;
        }

        long begin = Stopwatch.GetTimestamp();
        long before = -1;
        int quiet = 0;
        while (quiet < QuietLooks)
        {
            await Task.Delay(BetweenLooks);
            (int count, long ticks) = ChildProcesses.Look();
            quiet = count >= workers && ticks == before ? quiet + 1 : 0;
            before = ticks;
            if (Stopwatch.GetElapsedTime(begin) > Limit)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"{workers} workers were asked for; after {Limit.TotalSeconds} s there are {count}, and they may be busy"));
            }
        }
    }
}
