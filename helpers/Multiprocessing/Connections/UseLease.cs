using Multiprocessing.Memory;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>What one call of a worker has of its parent's shared objects: from before it is sent until it has ended.</summary>
internal sealed class UseLease
{
    private readonly List<ITracksUsers> _objects;
    private readonly long _process;

    private UseLease(List<ITracksUsers> objects, long process)
    {
        _objects = objects;
        _process = process;
    }

    /// <summary>Begins with the sending.</summary>
    /// <param name="shared">The shared objects that the call takes along.</param>
    /// <param name="processId">The worker's number.</param>
    /// <returns>Null if none of the objects wants to know.</returns>
    public static UseLease? Begin(IReadOnlyList<ISharedObject> shared, int processId)
    {
        List<ITracksUsers>? objects = null;
        foreach (ISharedObject candidate in shared)
        {
            if (candidate.Tracker is { } tracked)
            {
                (objects ??= []).Add(tracked);
            }
        }

        if (objects is null)
        {
            return null;
        }

        long process = ProcessToken.Of(processId);
        foreach (ITracksUsers tracked in objects)
        {
            if (process == 0)
            {
                tracked.NoteDeath(processId);
            }
            else
            {
                tracked.EnterUser(process);
            }
        }

        return new UseLease(objects, process);
    }

    /// <summary>Ends with the call.</summary>
    /// <param name="failed">Whether it ended otherwise than by returning.</param>
    public void End(bool failed)
    {
        foreach (ITracksUsers tracked in _objects)
        {
            tracked.LeaveUser(_process, failed, all: false);
        }
    }
}
