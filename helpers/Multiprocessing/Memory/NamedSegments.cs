namespace Multiprocessing.Memory;

/// <summary>The segments of this user that have a name of somebody's choice, by which programs find them that did not start each other. Thread-safe and process-safe.</summary>
/// <param name="owner">The folder of this process.</param>
internal sealed class NamedSegments(SegmentFolder owner)
{
    /// <summary>How often to try to open a file that somebody has open for nobody else.</summary>
    private const int Attempts = 1000;

    private readonly NamedFolder _folder = new(new Lazy<string>(() => owner.Roots[0]));
    private readonly Lock _gate = new();
    private HashSet<NamedUse>? _uses;

    /// <summary>Makes a segment.</summary>
    /// <param name="memory">Where it is to belong.</param>
    /// <param name="name">Its name.</param>
    /// <param name="size">Bytes of data.</param>
    /// <param name="form">What its elements are.</param>
    /// <param name="isLasting">Whether it lasts until somebody deletes it.</param>
    /// <returns>Null if there is one of that name.</returns>
    /// <exception cref="IOException">There is no room for it.</exception>
    public Segment? Create(SharedMemory memory, string name, long size, ElementForm form, bool isLasting)
    {
        string path = _folder.PathOf(name);
        NamedUse.DeleteUnused(path, owner);
        if (File.Exists(path))
        {
            return null;
        }

        string draft = _folder.NewDraft();
        MappedFile file = MappedFile.Create(draft, Segment.DataAt + size);
        NamedUse? use = null;
        bool isPublished = false;
        try
        {
            Segment.WriteHeader(file, size, form, isLasting);
            use = isLasting ? null : Note(NamedUse.Begin(draft, path, owner));
            isPublished = NamedFolder.TryPublish(draft, path);
            return isPublished ? Segment.OfNamed(memory, file, path, use) : null;
        }
        finally
        {
            if (!isPublished)
            {
                file.Dispose();
                End(use);
                owner.Delete(draft);
            }
        }
    }

    /// <summary>Maps a segment anew, whether this process has it or not.</summary>
    /// <param name="memory">Where it is to belong.</param>
    /// <param name="path">Where it is.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Segment? Map(SharedMemory memory, string path)
    {
        NamedUse.DeleteUnused(path, owner);
        while (TryMap(path) is { } file)
        {
            NamedUse? use = null;
            try
            {
                use = Segment.IsLasting(file) ? null : Note(NamedUse.Begin(path, path, owner));
            }
            catch (IOException)
            {
                // It has just gone, or is about to.
                file.Dispose();
                continue;
            }

            if (!Segment.IsClosedIn(file))
            {
                return Segment.OfNamed(memory, file, path, use);
            }

            // There may be another one by now.
            file.Dispose();
            End(use);
        }

        return null;
    }

    /// <summary>Where the segment of a name is, or would be.</summary>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Takes the name from a segment. Whoever has it keeps it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string name)
    {
        string path = _folder.PathOf(name);
        NamedUse.DeleteUnused(path, owner);
        if (TryMap(path) is not { } file)
        {
            return false;
        }

        Segment.CloseIn(file);
        file.Dispose();
        owner.Delete(path);
        return true;
    }

    /// <summary>The names that there are.</summary>
    public string[] List()
    {
        _folder.Sweep(owner);
        return _folder.List();
    }

    /// <summary>Deletes what nobody uses any more and was to go then.</summary>
    public void Sweep() => _folder.Sweep(owner);

    /// <summary>Deletes what the worker that has just ended may have been the last to use, if this process has to do with such segments at all.</summary>
    public void SweepAfterWorker()
    {
        if (_uses is not null)
        {
            Sweep();
        }
    }

    /// <summary>Ends a use.</summary>
    public void End(NamedUse? use)
    {
        if (use is not null)
        {
            lock (_gate)
            {
                _uses!.Remove(use);
            }

            use.Dispose();
        }
    }

    /// <summary>Maps a file. Whoever looks whether anybody uses it has it for some microseconds, and lets nobody else open it.</summary>
    /// <returns>Null if there is none.</returns>
    private static MappedFile? TryMap(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return MappedFile.TryOpen(path);
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Notes a use, to be ended with the process if not before.</summary>
    private NamedUse Note(NamedUse use)
    {
        lock (_gate)
        {
            if (_uses is null)
            {
                _uses = [];
                AppDomain.CurrentDomain.ProcessExit += EndAll;
            }

            _uses.Add(use);
            return use;
        }
    }

    private void EndAll(object? sender, EventArgs e)
    {
        NamedUse[] left;
        lock (_gate)
        {
            left = [.. _uses!];
        }

        Array.ForEach(left, End);
    }
}
