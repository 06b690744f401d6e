using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Memory;

/// <summary>The segments of this user that have a name of somebody's choice, by which programs find them that did not start each other. Thread-safe and process-safe.</summary>
/// <param name="owner">The folder of this process.</param>
internal sealed class NamedSegments(SegmentFolder owner)
{
    /// <summary>How often to try to open a file of which somebody has the lock alone, or that somebody is about to delete, which takes some microseconds; and how often without a pause between.</summary>
    private const int Attempts = 500;
    private const int FastAttempts = 20;

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
        if (File.Exists(path) && TryOpen(path, out NamedUse? another) is { } there)
        {
            there.Dispose();
            End(another);
            return null;
        }

        string draft = _folder.NewDraft();
        MappedFile file = MappedFile.Create(draft, Segment.DataAt + size, out FileStream opened);
        NamedUse? use = null;
        bool isPublished = false;
        try
        {
            Segment.WriteHeader(file, size, form, isLasting);
            if (isLasting)
            {
                opened.Dispose();
            }
            else
            {
                use = new NamedUse(path, opened, file, owner);
                use.TryBegin();
                Note(use);
            }

            isPublished = NamedFolder.TryPublish(draft, path);
            return isPublished ? Segment.OfNamed(memory, file, path, use) : null;
        }
        finally
        {
            if (!isPublished)
            {
                opened.Dispose();
                file.Dispose();
                Forget(use);
                owner.Delete(draft);
            }
        }
    }

    /// <summary>Maps a segment anew, whether this process has it or not.</summary>
    /// <param name="memory">Where it is to belong.</param>
    /// <param name="path">Where it is.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Segment? Map(SharedMemory memory, string path) => TryOpen(path, out NamedUse? use) is { } file ? Segment.OfNamed(memory, file, path, use) : null;

    /// <summary>Where the segment of a name is, or would be.</summary>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Takes the name from a segment. Whoever has it keeps it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string name)
    {
        string path = _folder.PathOf(name);
        using SafeFileHandle? turn = _folder.TakeTurn();
        if (TryOpenInTurn(path, out NamedUse? use) is not { } file)
        {
            return false;
        }

        // Claimed first: who has it and is the last to leave it then deletes nothing, least of all another one that has got the name.
        bool isClaimed = Segment.TryClaim(file);
        file.Dispose();
        Forget(use);
        if (isClaimed)
        {
            owner.Delete(path);
        }

        return isClaimed;
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

    /// <summary>Ends a use, unless that has been done.</summary>
    public void End(NamedUse? use)
    {
        if (use is null)
        {
            return;
        }

        bool isFirst;
        lock (_gate)
        {
            isFirst = _uses!.Remove(use);
        }

        if ((!isFirst && !OperatingSystem.IsWindows()) || use.TryLeaveToOthers())
        {
            // To look once more whether it was the last one would take the turn, and so the time, of those who need it. On Windows the first look could not delete what was still mapped here.
            return;
        }

        try
        {
            using (_folder.TakeTurn())
            {
                use.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder has gone, or is another one.
            use.Leave();
        }
    }

    /// <summary>Opens a segment, unless it was to go with its last user and nobody uses it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="use">This process's use of it; null if it lasts.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    /// <exception cref="IOException">It is being deleted by a process that has been stopped.</exception>
    private MappedFile? TryOpen(string path, out NamedUse? use)
    {
        using SafeFileHandle? turn = _folder.TakeTurn();
        return TryOpenInTurn(path, out use);
    }

    private MappedFile? TryOpenInTurn(string path, out NamedUse? use)
    {
        if (OperatingSystem.IsWindows())
        {
            NamedUse.DeleteUnused(path, owner);
        }

        for (int attempt = 1; ; attempt++)
        {
            MappedFile? file = null;
            try
            {
                use = NamedUse.TryOpen(path, out file, owner);
                if (use is null)
                {
                    return null;
                }

                bool isLasting = Segment.IsLasting(file!);
                if (Segment.IsClosedIn(file!))
                {
                    // Whoever has taken the name from it had the turn, and was killed before it could delete it.
                    owner.Delete(path);
                }
                else if ((isLasting || (!use.TryDelete(file!) && use.TryBegin())) && !Segment.IsClosedIn(file!))
                {
                    if (isLasting)
                    {
                        use.Leave();
                        use = null;
                    }
                    else
                    {
                        Note(use);
                    }

                    return file;
                }

                use.Leave();
                file!.Dispose();
                if (attempt >= Attempts)
                {
                    throw new IOException($"The shared memory '{NamedFolder.NameOf(path)}' is being deleted by a process that has been stopped: end that process, or choose another name.");
                }
            }
            catch (IOException) when (attempt < Attempts)
            {
                file?.Dispose();
            }

            Thread.Sleep(attempt < FastAttempts ? 0 : 1);
        }
    }

    private void Forget(NamedUse? use)
    {
        if (use is not null)
        {
            lock (_gate)
            {
                _uses?.Remove(use);
            }

            use.Leave();
        }
    }

    /// <summary>Notes a use, to be ended with the process if not before.</summary>
    private void Note(NamedUse use)
    {
        lock (_gate)
        {
            if (_uses is null)
            {
                _uses = [];
                AppDomain.CurrentDomain.ProcessExit += EndAll;
            }

            _uses.Add(use);
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
