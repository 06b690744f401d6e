using Multiprocessing.Transport.Locks;

namespace Multiprocessing.Transport.Segments;

/// <summary>What one call of a worker has of its parent's shared objects: from before it is sent until it has ended.</summary>
internal sealed class Holding
{
    private readonly List<IHeldObject> _objects;
    private readonly long _process;

    private Holding(List<IHeldObject> objects, long process)
    {
        _objects = objects;
        _process = process;
    }

    /// <summary>Begins with the sending.</summary>
    /// <param name="shared">The shared objects that the call takes along.</param>
    /// <param name="processId">The worker's number.</param>
    /// <returns>Null if none of the objects wants to know.</returns>
    public static Holding? Begin(IReadOnlyList<ISharedObject> shared, int processId)
    {
        List<IHeldObject>? objects = null;
        foreach (ISharedObject candidate in shared)
        {
            if (candidate.Held is { } held)
            {
                (objects ??= []).Add(held);
            }
        }

        if (objects is null)
        {
            return null;
        }

        long process = ProcessToken.Of(processId);
        foreach (IHeldObject held in objects)
        {
            if (process == 0)
            {
                held.NoteDeath(processId);
            }
            else
            {
                held.EnterHolder(process);
            }
        }

        return new Holding(objects, process);
    }

    /// <summary>Ends with the call.</summary>
    /// <param name="failed">Whether it ended otherwise than by returning.</param>
    public void End(bool failed)
    {
        foreach (IHeldObject held in _objects)
        {
            held.LeaveHolder(_process, failed, all: false);
        }
    }
}
