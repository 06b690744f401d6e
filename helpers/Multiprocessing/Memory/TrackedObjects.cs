namespace Multiprocessing.Memory;

/// <summary>The shared objects of this process that know who has them, for the moment when it ends. Thread-safe.</summary>
internal static class TrackedObjects
{
    private static readonly Lock Gate = new();
    private static List<WeakReference<ITracksUsers>>? s_known;

    /// <summary>Notes that this process has an object.</summary>
    public static void Note(ITracksUsers tracked)
    {
        if (SegmentFolder.IsWorkers)
        {
            lock (Gate)
            {
                (s_known ??= []).Add(new WeakReference<ITracksUsers>(tracked));
            }
        }
    }

    /// <summary>
    /// Tells the objects that this process, a worker, has done its work. It does so by itself: until its parent has heard of it, it may be gone, and would look as if it had died.
    /// </summary>
    public static void LeaveAll()
    {
        WeakReference<ITracksUsers>[] known;
        lock (Gate)
        {
            known = s_known is null ? [] : [.. s_known];
        }

        foreach (WeakReference<ITracksUsers> entry in known)
        {
            if (entry.TryGetTarget(out ITracksUsers? tracked))
            {
                tracked.LeaveUser(ProcessToken.Own, failed: false, all: true);
            }
        }
    }
}
