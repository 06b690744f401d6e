using System.Diagnostics;

namespace Multiprocessing.Tests.Workers;

/// <summary>Ways to wait for a worker process.</summary>
internal static class WorkerProcessExtensions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits for it a little at a time, as who looks at it again and again, until something is so or it takes too long.</summary>
    public static void JoinUntil(this WorkerProcess worker, Func<bool> condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition() && watch.Elapsed < Limit)
        {
            worker.Join(TimeSpan.FromMilliseconds(20));
        }
    }
}
