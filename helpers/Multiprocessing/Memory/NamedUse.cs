using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>
/// That this process uses a segment that has a name and is to go with its last user: a file that is held open, which the system closes when the process ends, in whichever way. So that nobody uses it is known for sure, to processes of other containers, too. Thread-safe.
/// </summary>
/// <remarks>
/// Who uses it opens the file for others to open; who deletes it opens it for nobody else, marks it as closed, and takes its name before closing it. Who opens it meanwhile is refused, and tries again; who has opened it just before finds it closed, and tries again.
/// </remarks>
internal sealed class NamedUse : IDisposable
{
    /// <summary>Where the header tells that the segment is closed, and how long it is to last, in bytes.</summary>
    private const int ClosedAt = Segment.ClosedWord * sizeof(long);
    private const int FormAt = Segment.FormWord * sizeof(long);

    private readonly string _path;
    private readonly FileStream _file;
    private readonly SegmentFolder _owner;

    private NamedUse(string path, FileStream file, SegmentFolder owner)
    {
        _path = path;
        _file = file;
        _owner = owner;
    }

    /// <summary>Begins to use a segment.</summary>
    /// <param name="file">Where it is now.</param>
    /// <param name="path">Where it will be.</param>
    /// <param name="owner">The folder of this process.</param>
    /// <exception cref="IOException">It is gone, or about to go.</exception>
    public static NamedUse Begin(string file, string path, SegmentFolder owner)
    {
        FileStream use = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (TryLock(use, Libc.LockShared))
        {
            return new NamedUse(path, use, owner);
        }

        use.Dispose();
        throw new IOException($"'{file}' is about to go.");
    }

    /// <summary>Deletes a segment that is to go with its last user, if nobody uses it.</summary>
    public static void DeleteUnused(string path, SegmentFolder owner)
    {
        try
        {
            // On Windows, what is open can be moved only where that is shared.
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None, bufferSize: 0);
            if (!TryLock(file, Libc.LockAlone))
            {
                return;
            }

            byte[] word = new byte[sizeof(long)];
            file.Position = FormAt;
            file.ReadExactly(word);
            if (!Segment.IsLasting(BitConverter.ToInt64(word)))
            {
                file.Position = ClosedAt;
                file.Write(BitConverter.GetBytes(1L));
                owner.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody uses it, or it is gone.
        }
    }

    /// <summary>Ends the use, and with the last one the segment.</summary>
    public void Dispose()
    {
        _file.Dispose();
        DeleteUnused(_path, _owner);
    }

    /// <summary>What opening a file does by itself, unless somebody has told .NET not to.</summary>
    private static bool TryLock(FileStream file, int operation) =>
        OperatingSystem.IsWindows() || Libc.Lock((int)file.SafeFileHandle.DangerousGetHandle(), operation | Libc.LockWithoutWaiting) == 0;
}
