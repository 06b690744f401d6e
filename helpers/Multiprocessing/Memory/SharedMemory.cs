namespace Multiprocessing.Memory;

/// <summary>
/// The shared memory of a process, or of a test's part of one: the folder in which its segments have their names, those that it has mapped, and what it leaves when it ends. Thread-safe.
/// </summary>
internal sealed class SharedMemory
{
    private readonly Lock _gate = new();
    private List<WeakReference<ITracksUsers>>? _tracked;
    private int _hasSwept;

    /// <summary>Where the segments have their names.</summary>
    public SegmentFolder Folder { get; } = new();

    /// <summary>The segments that are mapped.</summary>
    public SegmentTable Table { get; } = new();

    /// <summary>Who waits for all that wait asynchronously for what is in it.</summary>
    public AsyncWaiter Waiter { get; } = new();

    /// <summary>Makes a segment that belongs here, with one user.</summary>
    /// <param name="size">Bytes of data.</param>
    /// <exception cref="IOException">There is no room for it, or this process has begun to end.</exception>
    public Segment Create(long size)
    {
        Sweep();
        return Segment.Create(this, size);
    }

    /// <inheritdoc cref="Segment.Open"/>
    public Segment Open(string name) => Segment.Open(this, name);

    /// <summary>Removes what killed programs have left: once, in the background, and not in a worker, whose parent does it.</summary>
    private void Sweep()
    {
        if (!Folder.IsWorkers && Interlocked.Exchange(ref _hasSwept, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static roots =>
                {
                    foreach (string root in roots)
                    {
                        SegmentSweep.Run(root);
                    }
                },
                Folder.Roots,
                preferLocal: false);
        }
    }

    /// <summary>Notes an object that is to be told when this process, a worker, has done its work. Does nothing in a program that is no worker.</summary>
    public void Track(ITracksUsers tracked)
    {
        if (Folder.IsWorkers)
        {
            lock (_gate)
            {
                (_tracked ??= []).Add(new WeakReference<ITracksUsers>(tracked));
            }
        }
    }

    /// <summary>
    /// Tells the tracked objects that this process has done its work. It does so by itself: until its parent has heard of it, it may be gone, and would look as if it had died.
    /// </summary>
    public void LeaveAll()
    {
        WeakReference<ITracksUsers>[] tracked;
        lock (_gate)
        {
            tracked = _tracked is null ? [] : [.. _tracked];
        }

        foreach (WeakReference<ITracksUsers> entry in tracked)
        {
            if (entry.TryGetTarget(out ITracksUsers? user))
            {
                user.LeaveUser(ProcessToken.Own, failed: false, all: true);
            }
        }
    }
}
