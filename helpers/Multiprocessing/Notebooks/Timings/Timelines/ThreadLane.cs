using Multiprocessing.Workers;

namespace Multiprocessing.Timings.Timelines;

/// <summary>A thread of a process, for as long as the process lives: the runtime gives the number of an ended thread to a new one.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Thread">Counted from 1 in the process, in the order in which threads first record something.</param>
/// <param name="ThreadName">The name that somebody gave to the thread.</param>
/// <param name="ProcessName">The name that somebody gave to the worker process.</param>
internal readonly record struct ThreadLane(int ProcessId, int Thread, string? ThreadName, string? ProcessName = null)
{
    private static int s_threads;

    [ThreadStatic]
    private static int t_thread;

    /// <summary>The calling thread.</summary>
    public static ThreadLane Current
    {
        get
        {
            if (t_thread == 0)
                t_thread = Interlocked.Increment(ref s_threads);
            // Those of the thread pool have a name from the runtime, which tells a reader nothing.
            var thread = System.Threading.Thread.CurrentThread;
            return new(Environment.ProcessId, t_thread, thread.IsThreadPoolThread ? null : thread.Name, WorkerHost.Default.WorkerName);
        }
    }
}
