using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>
/// Threads that a cell has made, when the cell is stopped. A call of ours that waits in such a thread throws then, and nobody is there to catch it, which would end the whole kernel: here it ends
/// the thread. Thread-safe.
/// </summary>
internal sealed class StoppedThreads
{
    /// <summary>Of all cells that were stopped: a reader does not do that so often that they need be forgotten, and a thread may take its time.</summary>
    private readonly ConcurrentDictionary<CancellationToken, byte> _stops = new();

    public StoppedThreads()
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(IsStop);
        }
        catch (InvalidOperationException)
        {
            // The kernel, or another copy of this assembly, has one; there can be no second.
        }
    }

    /// <summary>Adds the stop of a cell, before it takes effect.</summary>
    public void Add(CancellationToken stop) => _stops.TryAdd(stop, 0);

    private bool IsStop(Exception exception) => exception switch
    {
        OperationCanceledException cancelled => _stops.ContainsKey(cancelled.CancellationToken),
        AggregateException several => several.InnerExceptions.All(IsStop),
        _ => false,
    };
}
