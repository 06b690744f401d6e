using System.Globalization;
using Multiprocessing.Connections;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>The worker that a function runs in, as the function sees it: <see cref="WorkerProcess.Current"/>. Belongs to that process, and cannot be sent to another. Thread-safe.</summary>
public sealed class CurrentWorker : IUnsendable
{
    private readonly WorkerIdentity _identity;
    private readonly Termination _termination;

    private CurrentWorker(WorkerIdentity identity, Termination termination)
    {
        _identity = identity;
        _termination = termination;
    }

    /// <summary>Its name: that of the <see cref="WorkerProcess"/> as of its start, such as <c>Worker-1</c>, or <c>Pool-1.2</c> for the second worker of the first pool.</summary>
    public string Name => _identity.Name;

    /// <summary>The operating system's number of this process.</summary>
    public int Id { get; } = Environment.ProcessId;

    /// <summary>The operating system's number of the process that has started this one, without which it does not live.</summary>
    public int ParentId => _identity.ParentId;

    /// <summary>The name of that, if it is a worker itself; null if it is none.</summary>
    public string? ParentName => _identity.ParentName;

    /// <summary>
    /// Is cancelled by <see cref="WorkerProcess.Terminate"/>. A function that has asked for this token takes its end into its own hands: <see cref="WorkerProcess.Terminate"/> then does not end the process, and the function returns,
    /// or throws, when it has put in order what it has to.
    /// </summary>
    public CancellationToken Stopping => _termination.Stopping;

    string IUnsendable.Advice => "it is the worker that the function runs in. Ask for WorkerProcess.Current there, or send its Name or Id.";

    /// <summary>The name and the process.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} (process {Id})");

    internal static CurrentWorker? Of(WorkerHost host) => host.Identity is { } identity ? new CurrentWorker(identity, host.Termination) : null;
}
