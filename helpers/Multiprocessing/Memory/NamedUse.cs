using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Memory;

/// <summary>
/// That this process uses a segment that has a name and is to go with its last user: a file that is held open, which the system closes when the process ends, in whichever way. So that nobody uses it is known for sure, to processes of other containers, too. Thread-safe.
/// </summary>
/// <remarks>
/// Who uses it shares a lock of the file (<see cref="FileLock"/>), and who deletes it has that lock alone. Who tries either has the turn (<see cref="NamedFolder.TakeTurn"/>), but for who leaves it to others (<see cref="TryLeaveToOthers"/>). Whoever takes the name from a segment has it as well, claims that first, by a word of its header, and then deletes the file: so nobody deletes another one that has got the name meanwhile, and
/// who has the turn and finds a claim knows that its maker was killed, and deletes the file for it.
/// </remarks>
internal sealed class NamedUse : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly IDisposable _opened;
    private readonly SegmentFolder _owner;
    private MappedFile? _mapped;

    /// <summary>The use of one that has just been made.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="file">It, open.</param>
    /// <param name="mapped">What is in it.</param>
    /// <param name="owner">The folder of this process.</param>
    public NamedUse(string path, FileStream file, MappedFile mapped, SegmentFolder owner)
        : this(path, file.SafeFileHandle, file, mapped, owner)
    {
    }

    private NamedUse(string path, SafeFileHandle file, IDisposable opened, MappedFile mapped, SegmentFolder owner)
    {
        _path = path;
        _file = file;
        _opened = opened;
        _mapped = mapped;
        _owner = owner;
    }

    /// <summary>Opens a file, and maps it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mapped">What is in it.</param>
    /// <param name="owner">The folder of this process.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="IOException">Somebody looks just now whether anybody uses it.</exception>
    /// <exception cref="InvalidDataException">It is no segment.</exception>
    public static NamedUse? TryOpen(string path, out MappedFile? mapped, SegmentFolder owner)
    {
        mapped = null;
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            try
            {
                mapped = TryMap(file, path) ?? throw new InvalidDataException($"'{path}' is no segment of shared memory.");
                return new NamedUse(path, file, file, mapped, owner);
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
    public void Leave()
    {
        FileLock.Close(_file);
        _opened.Dispose();
        _mapped = null;
    }

    /// <summary>
    /// Ends it if others use the segment as well, or look just now whether anybody does: for that nobody needs the turn, on Linux. To ask for the lock alone gives up, in the same step, the share in it; so of several that leave at the same time, the last one gets it, and who looks asks for it after that.
    /// </summary>
    /// <returns>False if this seems to be the last use. It has not ended then.</returns>
    public bool TryLeaveToOthers()
    {
        if (!OperatingSystem.IsLinux() || _file.IsClosed)
        {
            return false;
        }

        if (FileLock.TryTake(_file))
        {
            // Shared again at once: who has the turn waits for it, and this one is to wait for the turn.
            TryBegin();
            return false;
        }

        Leave();
        return true;
    }

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

        if (FileLock.TryTake(_file) && Segment.TryClaim(_mapped!))
        {
            _owner.DeleteUnused(_path);
        }

        Leave();
    }

    private static MappedFile? TryMap(SafeFileHandle file, string path)
    {
        // A file without a byte cannot be mapped.
        long size = RandomAccess.GetLength(file);
        MappedFile? mapped = size < Segment.DataAt ? null : MappedFile.Map(file, path, size);
        if (mapped is null || Segment.IsIn(mapped))
        {
            return mapped;
        }

        mapped.Dispose();
        return null;
    }
}
