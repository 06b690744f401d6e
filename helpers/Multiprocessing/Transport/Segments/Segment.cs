using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Transport.Posix;

namespace Multiprocessing.Transport.Segments;

/// <summary>
/// A piece of memory that several processes map, each as one of these: a header with a lock, then data. Thread-safe, apart from the data.
/// </summary>
/// <remarks>
/// A process has at most one of these for each piece. The memory stays mapped until this object can no longer be reached, so that to close it never pulls
/// it away under an access. The file that names it goes as soon as its owner closes it; whoever has it mapped by then keeps it.
/// </remarks>
internal sealed unsafe class Segment
{
    /// <summary>Where the lock is; a cache line of its own.</summary>
    private const int LockAt = 64;
    private const int DataAt = 128;
    private const long Signature = 0x0031_5347_4553_504D;

    private readonly SafeMemoryMappedViewHandle _view;
    private readonly byte* _start;
    private readonly string _id;
    private string _path;
    private bool _isOwner;
    private bool _isShipped;
    private bool _isLent;
    private int _users;

    private Segment(string path, SafeMemoryMappedViewHandle view, byte* start, long size, bool isOwner)
    {
        _path = path;
        _id = Path.GetFileName(path);
        _view = view;
        _start = start;
        _isOwner = isOwner;
        Size = size;
        GC.AddMemoryPressure(DataAt + size);
    }

    ~Segment()
    {
        GC.RemoveMemoryPressure(DataAt + Size);
        if (_isOwner && !(_isShipped && SegmentFolder.IsWorkers))
        {
            // Nobody here can use it or send it any more. What a worker has sent may be its parent's first access, later.
            SegmentSweep.Delete(_path);
        }

        if (_isLent && _users == 0 && OperatingSystem.IsLinux())
        {
            // A span may still point here, after Dispose: it shall find blank pages, which cost nothing, and not crash the process.
            _ = Libc.MapMemory(_start, (nuint)_view.ByteLength, Libc.ReadWritePages, Libc.BlankPages, -1, 0);
        }
    }

    /// <summary>Bytes of data.</summary>
    public long Size { get; }

    /// <summary>The data; 64-byte aligned, zero at first. Valid while this object is reachable.</summary>
    public byte* Data => _start + DataAt;

    /// <summary>The state of the lock; 64 bytes, zero at first.</summary>
    public byte* Lock => _start + LockAt;

    /// <summary>Makes a segment that this process owns, with one user.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static Segment Create(long size)
    {
        SegmentSweep.Begin();
        Exception? failure = null;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            foreach (string place in SegmentFolder.Places)
            {
                try
                {
                    return Register(MapNew(Path.Combine(SegmentFolder.Ensure(place), Guid.NewGuid().ToString("N")), size));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    failure = e;
                }
            }

            // What was left to the collector may hold the room that is missing.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        throw new IOException($"There is no room for {size} bytes of shared memory: dispose of shared objects that are no longer needed. {failure!.Message}", failure);
    }

    /// <summary>Gives the segment of that name, with one more user. If it was made by a worker of this process, it belongs to this process from now on.</summary>
    /// <param name="name">What <see cref="Ship"/> gave in another process, or in this one.</param>
    /// <exception cref="ObjectDisposedException">It is gone.</exception>
    public static Segment Open(string name)
    {
        string id = Path.GetFileName(name);
        lock (SegmentTable.Gate)
        {
            if (SegmentTable.Find(id) is { } known)
            {
                known._users++;
                return known;
            }

            // It may move while one looks, from a worker's folder to that of its parent.
            for (int attempt = 0; attempt < 3; attempt++)
            {
                if (Locate(name) is { } path && TryMap(path) is { } segment)
                {
                    segment._users = 1;
                    SegmentTable.Add(id, segment);
                    segment.Adopt();
                    return segment;
                }
            }
        }

        throw new ObjectDisposedException(null, "A shared object was disposed of, where it was made, before this process received it.");
    }

    /// <summary>Gives the name by which another process can open this.</summary>
    public string Ship()
    {
        _isShipped = true;
        return _path;
    }

    /// <summary>Counts one more user.</summary>
    public void AddUser()
    {
        lock (SegmentTable.Gate)
        {
            _users++;
        }
    }

    /// <summary>Counts one user less. After the last one the name goes, if this process owns it; the memory stays until nobody can reach it.</summary>
    public void RemoveUser()
    {
        lock (SegmentTable.Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            SegmentTable.Remove(_id);
        }

        if (_isOwner)
        {
            _isOwner = false;
            SegmentSweep.Delete(_path);
        }
    }

    /// <summary>
    /// Notes that the memory has been given out in a form that does not keep this object alive: a span. From then on the garbage collector cannot know
    /// when the last access is over, so that the memory stays until somebody disposes of it, or the process ends.
    /// </summary>
    public void Lend()
    {
        if (!_isLent)
        {
            lock (SegmentTable.Gate)
            {
                if (!_isLent)
                {
                    bool held = false;
                    _view.DangerousAddRef(ref held);
                    _isLent = true;
                }
            }
        }
    }

    private static Segment Register(Segment segment)
    {
        lock (SegmentTable.Gate)
        {
            segment._users = 1;
            SegmentTable.Add(segment._id, segment);
            return segment;
        }
    }

    private static Segment MapNew(string path, long size)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,

            // Reserved at once: a page that cannot be had when it is first touched would end the process.
            PreallocationSize = DataAt + size,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        try
        {
            Segment segment = Map(file, path, size, isOwner: true);
            ((long*)segment._start)[0] = Signature;
            ((long*)segment._start)[1] = size;
            return segment;
        }
        catch
        {
            SegmentSweep.Delete(path);
            throw;
        }
    }

    private static Segment? TryMap(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Segment segment = Map(file, path, file.Length - DataAt, isOwner: false);
            return ((long*)segment._start)[0] == Signature && ((long*)segment._start)[1] <= segment.Size
                ? segment
                : throw new InvalidDataException($"'{path}' is no segment of shared memory.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static Segment Map(FileStream file, string path, long size, bool isOwner)
    {
        using MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(
            file, null, DataAt + size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);

        // Not disposed of: that would flush it to the disk. The handle alone keeps the memory mapped; the file need not stay open.
        MemoryMappedViewAccessor accessor = mapping.CreateViewAccessor(0, DataAt + size, MemoryMappedFileAccess.ReadWrite);
        SafeMemoryMappedViewHandle view = accessor.SafeMemoryMappedViewHandle;
        return new Segment(path, view, (byte*)view.DangerousGetHandle() + accessor.PointerOffset, size, isOwner);
    }

    /// <summary>Where the file is: where its name says, or in the folder of a parent that has taken it over.</summary>
    private static string? Locate(string path)
    {
        string id = Path.GetFileName(path);
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, id);
            if (File.Exists(candidate))
            {
                return candidate;
            }

            if (Path.GetFileName(folder).StartsWith(SegmentFolder.Prefix, StringComparison.Ordinal))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Takes over what a worker of this process has made: it outlives that worker.</summary>
    private void Adopt()
    {
        if (!SegmentFolder.IsOfWorker(_path, out string place))
        {
            return;
        }

        string own = Path.Combine(SegmentFolder.Ensure(place), _id);
        try
        {
            File.Move(_path, own);
            _path = own;
            _isOwner = true;
        }
        catch (IOException)
        {
            // The worker disposed of it just now; it is mapped here, and that is enough for this process.
        }
    }
}
