using System.Diagnostics;

using Multiprocessing.Workers;
namespace Multiprocessing.Timings;

/// <summary>How long an action took, run a few times after a first one that is not counted.</summary>
/// <remarks>
/// The first run compiles code, fills caches and starts the threads of the pool. Of the others the median is what a run usually takes: one that another program delayed changes the mean, and even
/// the fastest is by chance now lower, now not.
/// </remarks>
internal sealed class MeasuredRuns
{
    private static readonly TimeSpan LongestForFive = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan ShortestForOne = TimeSpan.FromSeconds(0.5);

    private readonly TimeSpan[] _sorted;

    /// <param name="times">The time of each run; there is at least one.</param>
    internal MeasuredRuns(IEnumerable<TimeSpan> times) => _sorted = [.. times.Order()];

    public int Count => _sorted.Length;

    /// <summary>Of an even number of runs, the slower one of the two in the middle: a time that was measured.</summary>
    public TimeSpan Median => _sorted[_sorted.Length / 2];

    public TimeSpan Fastest => _sorted[0];

    public TimeSpan Slowest => _sorted[^1];

    /// <summary>Runs an action.</summary>
    /// <exception cref="OperationCanceledException">The cell that measures was stopped; no further run begins.</exception>
    public static MeasuredRuns Of(Action action) => Of(action, WorkerHost.Default.Notebook.Stop);

    internal static MeasuredRuns Of(Action action, CancellationToken stop)
    {
        TimeSpan warmUp = Once(action, stop);
        List<TimeSpan> times = [Once(action, stop)];
        for (int count = CountAfter(warmUp, times[0]); times.Count < count;)
            times.Add(Once(action, stop));
        return new MeasuredRuns(times);
    }

    /// <summary>Runs an asynchronous action, one time after the other.</summary>
    /// <exception cref="OperationCanceledException">The cell that measures was stopped; nothing is waited for any longer.</exception>
    public static Task<MeasuredRuns> OfAsync(Func<Task> action) => OfAsync(action, WorkerHost.Default.Notebook.Stop);

    internal static async Task<MeasuredRuns> OfAsync(Func<Task> action, CancellationToken stop)
    {
        TimeSpan warmUp = await OnceAsync(action, stop).ConfigureAwait(false);
        List<TimeSpan> times = [await OnceAsync(action, stop).ConfigureAwait(false)];
        for (int count = CountAfter(warmUp, times[0]); times.Count < count;)
            times.Add(await OnceAsync(action, stop).ConfigureAwait(false));
        return new MeasuredRuns(times);
    }

    /// <summary>
    /// How many runs are counted: the shorter one is, the larger is the share of chance in it, and the less the others cost the reader. The faster of the first two says how long one is: what compiles
    /// for half a second may run for a tenth, and need the median most.
    /// </summary>
    internal static int CountAfter(TimeSpan warmUp, TimeSpan first)
    {
        TimeSpan length = warmUp < first ? warmUp : first;
        return length <= LongestForFive ? 5 : length < ShortestForOne ? 3 : 1;
    }

    private static TimeSpan Once(Action action, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> OnceAsync(Func<Task> action, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        Task task = action() ?? throw new InvalidOperationException("The action returned null where its task should be: return the task, or make the lambda async.");
        await task.WaitAsync(stop).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }
}
