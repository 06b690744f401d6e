using System.Collections.Concurrent;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

/// <summary>A shared object that notes, in the process that made it, what it is told of who has it.</summary>
internal sealed class CountedObject : ISharedObject, ITracksUsers, IDisposable
{
    private readonly ConcurrentQueue<string> _told = new();
    private Segment? _segment = WorkerHost.Default.Memory.Create(64);

    /// <summary>What it was told, in order.</summary>
    public string Told => string.Join(", ", _told);

    /// <summary>Whether to be told of an end is too much for it.</summary>
    public bool Fails { get; init; }

    Segment? ISharedObject.Segment => _segment;

    ITracksUsers? ISharedObject.Tracker => this;

    void ISharedObject.Attach(Segment segment, SerializationContext context) => _segment = segment;

    void ITracksUsers.EnterUser(long process) => _told.Enqueue("begun");

    void ITracksUsers.LeaveUser(long process, bool failed, bool all)
    {
        _told.Enqueue(failed ? "failed" : "done");
        if (Fails)
        {
            throw new InvalidOperationException("It cannot.");
        }
    }

    void ITracksUsers.NoteDeath(int process) => _told.Enqueue("dead");

    public void Dispose()
    {
        _segment?.RemoveUser();
        _segment = null;
    }
}
