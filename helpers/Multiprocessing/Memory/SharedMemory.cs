namespace Multiprocessing.Memory;

/// <summary>
/// The shared memory of a process, or of a test's part of one: the folder in which its segments have their names, those that it has mapped, and what it leaves when it ends. Thread-safe.
/// </summary>
internal sealed class SharedMemory
{
    private readonly Lock _gate = new();
    private List<WeakReference<ITracksUsers>>? _tracked;
    private int _hasSwept;

    public SharedMemory() => Named = new NamedSegments(Folder);

    /// <summary>Where the segments have their names.</summary>
    public SegmentFolder Folder { get; } = new();

    /// <summary>The segments that are mapped.</summary>
    public SegmentTable Table { get; } = new();

    /// <summary>The segments that have a name of somebody's choice.</summary>
    public NamedSegments Named { get; }

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

    /// <summary>Makes a segment of that name, with one user.</summary>
    /// <inheritdoc cref="NamedSegments.Create"/>
    public Segment? CreateNamed(string name, long size, ElementForm form, bool isLasting)
    {
        Sweep();
        return Named.Create(this, name, size, form, isLasting) is { } segment ? Table.Register(segment) : null;
    }

    /// <summary>Gives the segment of that name, with one more user.</summary>
    /// <param name="name">The name.</param>
    /// <param name="form">What its elements must be.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidDataException">Its elements are others.</exception>
    public Segment? OpenNamed(string name, ElementForm form)
    {
        // Mapped anew: which one has the name now, nobody knows without a look.
        if (Named.Map(this, Named.PathOf(name)) is not { } mapped)
        {
            return null;
        }

        Segment segment = Table.Open(mapped.Id, () => mapped);
        if (segment != mapped)
        {
            mapped.EndUse();
        }

        ElementForm there = segment.Form;
        if (there == form)
        {
            return segment;
        }

        segment.RemoveUser();
        throw new InvalidDataException($"The elements of the shared memory '{name}' are {there}{(there.ToString() == form.ToString() ? " of other numbers" : "")}, not {form}.");
    }

    /// <inheritdoc cref="Segment.Open"/>
    public Segment Open(string name) => Segment.Open(this, name);

    /// <summary>Removes what killed programs have left: once, in the background, and not in a worker, whose parent does it.</summary>
    private void Sweep()
    {
        if (!Folder.IsWorkers && Interlocked.Exchange(ref _hasSwept, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static memory =>
                {
                    foreach (string root in memory.Folder.Roots)
                    {
                        SegmentSweep.Run(root);
                    }

                    memory.Named.Sweep();
                },
                this,
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
