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

    /// <summary>After so many, another user is too many.</summary>
    public int MostUsers { get; init; } = int.MaxValue;

    Segment? ISharedObject.Segment => _segment;

    ITracksUsers? ISharedObject.Tracker => this;

    void ISharedObject.Attach(Segment segment, SerializationContext context) => _segment = segment;

    void ITracksUsers.EnterUser(long process)
    {
        bool isOneMore = _told.Count(static told => told == "begun") >= MostUsers;
        _told.Enqueue(isOneMore ? "refused" : "begun");
        if (isOneMore)
        {
            throw new UnauthorizedAccessException("There are too many.");
        }
    }

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
