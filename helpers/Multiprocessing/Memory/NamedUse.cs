using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>
/// That this process uses a segment that has a name and is to go with its last user: a file that is held open, which the system closes when the process ends, in whichever way. So that nobody uses it is known for sure, to processes of other containers, too. Thread-safe.
/// </summary>
/// <remarks>
/// Who uses it shares a lock of the file (flock(2); on Windows, that it is open does the same), and who deletes it has that lock alone. Who tries either has the turn (<see cref="NamedFolder.TakeTurn"/>). Whoever takes the name from a segment has it as well, claims that first, by a word of its header, and then deletes the file: so nobody deletes another one that has got the name meanwhile, and
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
            // On Windows nobody else can have it open then; and what is open can be moved only where that is shared.
            using SafeFileHandle file = File.OpenHandle(
                path, FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.ReadWrite | FileShare.Delete);
            bool wasClosed, isUnused;
            using (MappedFile? mapped = TryMap(file, path))
            {
                if (mapped is null)
                {
                    return;
                }

                wasClosed = Segment.IsClosedIn(mapped);
                isUnused = !wasClosed && !Segment.IsLasting(mapped) && TryLock(file, Libc.LockAlone) && Segment.TryClaim(mapped);
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
        // There, who has it open cannot find out whether others have: DeleteUnused does.
        bool isAlone = !OperatingSystem.IsWindows() && TryLock(_file, Libc.LockAlone);
        if (isAlone && Segment.TryClaim(mapped))
        {
            _owner.DeleteUnused(_path);
        }

        return isAlone;
    }

    /// <summary>Begins the use.</summary>
    /// <returns>False if somebody is about to delete it, or looks just now whether to.</returns>
    public bool TryBegin() => TryLock(_file, Libc.LockShared);

    /// <summary>Ends it, and leaves the segment as it is.</summary>
    public void Leave() => _file.Dispose();

    /// <summary>Ends the use, and with the last one the segment.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows() || _file.IsClosed)
        {
            _file.Dispose();
            DeleteUnused(_path, _owner);
            return;
        }

        using (_file)
        {
            if (TryLock(_file, Libc.LockAlone))
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

    /// <summary>Opening a file shares its lock by itself, unless somebody has told .NET not to.</summary>
    public static bool TryLock(SafeFileHandle file, int operation) => OperatingSystem.IsWindows() || Libc.Lock((int)file.DangerousGetHandle(), operation | Libc.LockWithoutWaiting) == 0;
}
