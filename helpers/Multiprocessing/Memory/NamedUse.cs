using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Memory;

/// <summary>
/// That this process uses a segment that has a name and is to go with its last user: a file that is held open, which the system closes when the process ends, in whichever way. So that nobody uses it is known for sure, to processes of other containers, too. Thread-safe.
/// </summary>
/// <remarks>
/// Who uses it shares a lock of the file (<see cref="FileLock"/>), and who deletes it has that lock alone. Who tries either has the turn (<see cref="NamedFolder.TakeTurn"/>). Whoever takes the name from a segment has it as well, claims that first, by a word of its header, and then deletes the file: so nobody deletes another one that has got the name meanwhile, and
/// who has the turn and finds a claim knows that its maker was killed, and deletes the file for it.
/// </remarks>
internal sealed class NamedUse : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly SegmentFolder _owner;

    private NamedUse(string path, SafeFileHandle file, SegmentFolder owner)
    {
        _path = path;
        _file = file;
        _owner = owner;
    }

    /// <summary>Opens a file, and maps it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mapped">What is in it.</param>
    /// <param name="owner">The folder of this process.</param>
    /// <param name="name">Where it will be; null for where it is.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="IOException">Somebody looks just now whether anybody uses it.</exception>
    /// <exception cref="InvalidDataException">It is no segment.</exception>
    public static NamedUse? TryOpen(string path, out MappedFile? mapped, SegmentFolder owner, string? name = null)
    {
        mapped = null;
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            try
            {
                mapped = TryMap(file, path) ?? throw new InvalidDataException($"'{path}' is no segment of shared memory.");
                return new NamedUse(name ?? path, file, owner);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a segment that is to go with its last user, if nobody uses it, and one that has lost its name to somebody who was killed then.</summary>
    public static void DeleteUnused(string path, SegmentFolder owner)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            bool wasClosed, isUnused;
            using (MappedFile? mapped = TryMap(file, path))
            {
                if (mapped is null)
                {
                    return;
                }

                wasClosed = Segment.IsClosedIn(mapped);
                isUnused = !wasClosed && !Segment.IsLasting(mapped) && FileLock.TryTake(file) && Segment.TryClaim(mapped);
            }

            // Unmapped before: Windows deletes nothing that is mapped.
            if (isUnused)
            {
                owner.DeleteUnused(path);
            }
            else if (wasClosed)
            {
                owner.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody uses it, or it is gone.
        }
    }

    /// <summary>Deletes the segment, if it is another one's use that has ended without a word: nobody else uses it.</summary>
    /// <param name="mapped">It.</param>
    /// <returns>Whether it was deleted.</returns>
    public bool TryDelete(MappedFile mapped)
    {
        bool isAlone = FileLock.TryTake(_file);
        if (isAlone && Segment.TryClaim(mapped))
        {
            _owner.DeleteUnused(_path);
        }

        return isAlone;
    }

    /// <summary>Begins the use.</summary>
    /// <returns>False if somebody is about to delete it, or looks just now whether to.</returns>
    public bool TryBegin() => FileLock.TryShare(_file);

    /// <summary>Ends it, and leaves the segment as it is.</summary>
    public void Leave() => FileLock.Close(_file);

    /// <summary>Ends the use, and with the last one the segment.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows() || _file.IsClosed)
        {
            // Closed first: Windows deletes a file when nobody has it open.
            Leave();
            DeleteUnused(_path, _owner);
            return;
        }

        using (_file)
        {
            if (FileLock.TryTake(_file))
            {
                using MappedFile mapped = MappedFile.Map(_file, _path);
                if (Segment.TryClaim(mapped))
                {
                    _owner.DeleteUnused(_path);
                }
            }
        }
    }

    private static MappedFile? TryMap(SafeFileHandle file, string path)
    {
        // A file without a byte cannot be mapped.
        MappedFile? mapped = RandomAccess.GetLength(file) < Segment.DataAt ? null : MappedFile.Map(file, path);
        if (mapped is null || Segment.IsIn(mapped))
        {
            return mapped;
        }

        mapped.Dispose();
        return null;
    }
}
