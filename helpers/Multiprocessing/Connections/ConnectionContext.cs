using Multiprocessing.Connections.Output;
using Multiprocessing.Diagnostics;
using Multiprocessing.Hosting;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>What the connections of a process have in common. Thread-safe.</summary>
internal class ConnectionContext : SerializationContext
{
    private ParentEvents? _events;
    private volatile EnvironmentSnapshot? _environment;

    /// <param name="notebook">The notebook that the process runs.</param>
    public ConnectionContext(INotebookHost notebook)
        : base(notebook)
    {
        Output = new OutputRouter(notebook);
        Telemetry = new Telemetry(CountWorkers);
    }

    /// <summary>Who this process is, if it is a worker, as its parent says; null if it is none, or has nothing to do yet.</summary>
    public WorkerIdentity? Identity { get; set; }

    /// <summary>What is told of workers and calls to whoever listens.</summary>
    public Telemetry Telemetry { get; }

    /// <summary>Brings what workers print to where a reader looks for it.</summary>
    public OutputRouter Output { get; }

    /// <summary>The events by which workers wake this process.</summary>
    /// <exception cref="IOException">There is no room for them. There may be later.</exception>
    public ParentEvents Events
    {
        get
        {
            if (Volatile.Read(ref _events) is { } known)
            {
                return known;
            }

            // Not under a lock: it makes a file. If two do so at the same time, one of them is kept.
            ParentEvents made = new(Memory);
            if (Interlocked.CompareExchange(ref _events, made, null) is { } faster)
            {
                made.Dispose();
                return faster;
            }

            return made;
        }
    }

    /// <summary>How many workers live: those that have a call, or belong to a pool, and those in stock.</summary>
    protected virtual int[] CountWorkers() => [0, 0];

    /// <summary>The surroundings of this process as they are now: the same object as the last time if nothing has changed.</summary>
    public EnvironmentSnapshot TakeEnvironment() => _environment = EnvironmentSnapshot.Take(_environment);
}
