using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Memory;

/// <summary>
/// A piece of memory that several processes map, each as one of these: a header with a lock, then data. Thread-safe, apart from the data.
/// </summary>
/// <remarks>
/// A <see cref="SharedMemory"/> has at most one of these for each piece that is in use. The memory stays mapped until this object can no longer be reached, so that to close it never pulls
/// it away under an access. The file that names it goes as soon as its owner closes it (on Windows, its name, and the file when nobody maps it any more); whoever has it mapped by then keeps it.
/// </remarks>
internal sealed unsafe class Segment
{
    /// <summary>Where the lock is; a cache line of its own.</summary>
    private const int LockAt = 64;

    /// <summary>Where the data begins in the file.</summary>
    internal const int DataAt = 128;

    /// <summary>What the header begins with.</summary>
    internal const long Signature = 0x0031_5347_4553_504D;

    /// <summary>In the header, after signature and size: see <see cref="IsClosed"/> and <see cref="HasParts"/>.</summary>
    internal const int ClosedWord = 2;
    private const int PartsWord = 3;

    /// <summary>In the header of one that has a name of somebody's choice: a number that no other has, and what its elements are (<see cref="ElementForm"/>) and whether it lasts until somebody deletes it.</summary>
    private const int NumberWord = 4;
    private const int FormWord = 5;
    private const int LayoutWord = 6;
    private const long Lasting = 1;
    private const int KindAt = 8;
    private const int SizeAt = 32;

    private readonly SharedMemory _memory;
    private readonly MappedFile _file;
    private readonly byte* _start;
    private readonly NamedUse? _use;
    private object? _attachment;
    private string _path;
    private bool _isOwner;
    private bool _isShipped;
    private bool _isLent;
    private bool _isUnmapped;

    private Segment(SharedMemory memory, MappedFile file, bool isOwner)
    {
        _memory = memory;
        _path = file.Path;
        Id = System.IO.Path.GetFileName(_path);
        _file = file;
        _start = file.Start;
        _isOwner = isOwner;
        Size = file.Size - DataAt;
        GC.AddMemoryPressure(file.Size);
    }

    private Segment(SharedMemory memory, MappedFile file, string path, NamedUse? use)
        : this(memory, file, isOwner: false)
    {
        _path = path;
        _use = use;
        Id = $"{System.IO.Path.GetFileName(path)}{NamedFolder.NumberMark}{((long*)_start)[NumberWord]:x}";
    }

    ~Segment()
    {
        if (_isUnmapped)
        {
            _memory.Folder.DeleteLeft();
            return;
        }

        _memory.Named.End(_use);
        GC.RemoveMemoryPressure(DataAt + Size);
        if (_isOwner && !(_isShipped && _memory.Folder.IsWorkers))
        {
            // Nobody here can use it or send it any more. What a worker has sent may be its parent's first access, later.
            Close();
        }

        if (OperatingSystem.IsWindows())
        {
            // Its file can go when it is unmapped, which the handle's own finalizer does, after this one: so this one once more, after that.
            _isUnmapped = true;
            GC.ReRegisterForFinalize(this);
        }
        else if (_isLent && Users == 0)
        {
            // A span may still point here, after Dispose: it shall find blank pages, which cost nothing, and not crash the process. (Windows cannot put them there in one step, and keeps the memory until the process ends.)
            _ = Libc.MapMemory(_start, (nuint)_file.View.ByteLength, Libc.ReadWritePages, Libc.BlankPages, -1, 0);
        }
    }

    /// <summary>Where it belongs.</summary>
    public SharedMemory Memory => _memory;

    /// <summary>Its name, which no other has.</summary>
    public string Id { get; }

    /// <summary>How many objects use it here. For <see cref="SegmentTable"/>, under its lock.</summary>
    public int Users { get; set; }

    /// <summary>Bytes of data.</summary>
    public long Size { get; }

    /// <summary>The data; 64-byte aligned, zero at first. Valid while this object is reachable.</summary>
    public byte* Data => _start + DataAt;

    /// <summary>Where its file was when this process last knew.</summary>
    public string Path => _path;

    /// <summary>The name that somebody has chosen for it; null for most.</summary>
    public string? Name => ((long*)_start)[NumberWord] == 0 ? null : NamedFolder.NameOf(_path);

    /// <summary>What its elements are, if it has such a name.</summary>
    public ElementForm Form
    {
        get
        {
            long word = ((long*)_start)[FormWord];
            ElementForm form = new((TypeCode)(byte)(word >> KindAt), (int)(word >> SizeAt), ((long*)_start)[LayoutWord]);
            GC.KeepAlive(this);
            return form;
        }
    }

    /// <summary>Whether its owner has given it up: its name is gone, and its parts are.</summary>
    public bool IsClosed => Volatile.Read(ref ((long*)_start)[ClosedWord]) != 0;

    /// <summary>Whether there are more files to it (<see cref="SegmentParts"/>), which go when it does and move when it moves.</summary>
    public bool HasParts
    {
        get => Volatile.Read(ref ((long*)_start)[PartsWord]) != 0;
        set => Volatile.Write(ref ((long*)_start)[PartsWord], value ? 1 : 0);
    }

    /// <summary>The state of the lock; 64 bytes, zero at first.</summary>
    public byte* Lock => _start + LockAt;

    /// <summary>Makes a segment that this process owns, with one user. For <see cref="SharedMemory"/>.</summary>
    /// <exception cref="IOException">There is no room for it, or this process has begun to end.</exception>
    public static Segment Create(SharedMemory memory, long size)
    {
        memory.Folder.BeginMaking();
        try
        {
            Exception? failure = null;
            for (int attempt = 0; attempt < 2; attempt++)
            {
                foreach (string root in memory.Folder.Roots)
                {
                    try
                    {
                        return memory.Table.Register(MapNew(memory, System.IO.Path.Combine(memory.Folder.Ensure(root), Guid.NewGuid().ToString("N")), size));
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
        finally
        {
            memory.Folder.EndMaking();
        }
    }

    /// <summary>Gives the segment of that name, with one more user. If it was made by a worker of this process, it belongs to this process from now on.</summary>
    /// <param name="memory">Where it is to belong.</param>
    /// <param name="name">What <see cref="Ship"/> gave in another process, or in this one.</param>
    /// <exception cref="ObjectDisposedException">It is gone.</exception>
    public static Segment Open(SharedMemory memory, string name) => memory.Table.Open(System.IO.Path.GetFileName(name), () => OpenNew(memory, name));

    /// <summary>One that has a name of somebody's choice, just mapped, without a user yet.</summary>
    public static Segment OfNamed(SharedMemory memory, MappedFile file, string path, NamedUse? use) => new(memory, file, path, use);

    /// <summary>Whether a file is a segment.</summary>
    public static bool IsIn(MappedFile file) => file.Size >= DataAt && ((long*)file.Start)[0] == Signature && ((long*)file.Start)[1] <= file.Size - DataAt;

    /// <summary>Writes the header of one that gets a name of somebody's choice.</summary>
    public static void WriteHeader(MappedFile file, long size, ElementForm form, bool isLasting)
    {
        long* header = (long*)file.Start;
        header[0] = Signature;
        header[1] = size;
        header[NumberWord] = Random.Shared.NextInt64(1, long.MaxValue);
        header[FormWord] = (isLasting ? Lasting : 0) | ((long)form.Kind << KindAt) | ((long)form.Size << SizeAt);
        header[LayoutWord] = form.Layout;
    }

    /// <summary>Whether one that has a name of somebody's choice lasts until somebody deletes it.</summary>
    public static bool IsLasting(MappedFile file) => (((long*)file.Start)[FormWord] & Lasting) != 0;

    /// <summary>Whether somebody has taken the name from it.</summary>
    public static bool IsClosedIn(MappedFile file) => Volatile.Read(ref ((long*)file.Start)[ClosedWord]) != 0;

    /// <summary>Claims to take the name from it.</summary>
    /// <returns>False if somebody else has done so.</returns>
    public static bool TryClaim(MappedFile file) => Interlocked.CompareExchange(ref ((long*)file.Start)[ClosedWord], 1, 0) == 0;

    /// <summary>Gives the name by which another process can open this.</summary>
    public string Ship()
    {
        _isShipped = true;
        return Name is null ? _path : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(_path)!, Id);
    }

    /// <summary>Counts one more user.</summary>
    public void AddUser() => _memory.Table.AddUser(this);

    /// <summary>Counts one user less. After the last one the name goes, if this process owns it; the memory stays until nobody can reach it.</summary>
    public void RemoveUser()
    {
        if (!_memory.Table.RemoveUser(this))
        {
            return;
        }

        _memory.Named.End(_use);
        if (_isOwner)
        {
            _isOwner = false;
            Close();
        }
    }

    /// <summary>Ends the use of one that has a name and that nobody was given, since there is another object of it.</summary>
    public void EndUse() => _memory.Named.End(_use);

    /// <summary>
    /// Notes that the memory has been given out in a form that does not keep this object alive: a span. From then on the garbage collector cannot know
    /// when the last access is over, so that the memory stays until somebody disposes of it, or the process ends.
    /// </summary>
    public void Lend()
    {
        if (!_isLent && !Interlocked.Exchange(ref _isLent, true))
        {
            bool held = false;
            _file.View.DangerousAddRef(ref held);
        }
    }

    /// <summary>
    /// What this process keeps of the segment, once for all its users: made when it is first asked for. It may be made twice at the same time; only one of them is ever given out.
    /// </summary>
    public T Attachment<T>(Func<Segment, T> make)
        where T : class
    {
        object? known = Volatile.Read(ref _attachment);
        if (known is null)
        {
            T made = make(this);
            known = Interlocked.CompareExchange(ref _attachment, made, null) ?? made;
        }

        return (T)known;
    }

    private static Segment MapNew(SharedMemory memory, string path, long size)
    {
        Segment segment = new(memory, MappedFile.Create(path, DataAt + size), isOwner: true);
        ((long*)segment._start)[0] = Signature;
        ((long*)segment._start)[1] = size;
        return segment;
    }

    private static Segment OpenNew(SharedMemory memory, string name)
    {
        if (name.LastIndexOf(NamedFolder.NumberMark) is > 0 and int mark && NamedFolder.NameOf(name[..mark]) is not null)
        {
            Segment? named = memory.Named.Map(memory, name[..mark]);
            if (named?.Id == System.IO.Path.GetFileName(name))
            {
                return named;
            }

            // The name is another one's by now, which is not to stay for that.
            named?.EndUse();
            throw DisposedOf();
        }

        // It may move while one looks, from a worker's folder to that of its parent.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            if (Locate(name) is { } path && TryMap(memory, path) is { } segment)
            {
                segment.Adopt();
                return segment;
            }
        }

        throw DisposedOf();
    }

    private static ObjectDisposedException DisposedOf() => new(null, "A shared object was disposed of, where it was made, before this process received it.");

    private static Segment? TryMap(SharedMemory memory, string path)
    {
        if (MappedFile.TryOpen(path) is not { } file)
        {
            return null;
        }

        if (IsIn(file))
        {
            return new Segment(memory, file, isOwner: false);
        }

        file.Dispose();
        throw new InvalidDataException($"'{path}' is no segment of shared memory.");
    }

    /// <summary>Where the file is: where its name says, or in the folder of a parent that has taken it over.</summary>
    public static string? Locate(string path)
    {
        string id = System.IO.Path.GetFileName(path);
        for (string? folder = System.IO.Path.GetDirectoryName(path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            string candidate = System.IO.Path.Combine(folder, id);
            if (File.Exists(candidate))
            {
                return candidate;
            }

            if (System.IO.Path.GetFileName(folder).StartsWith(SegmentFolder.Prefix, StringComparison.Ordinal))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Takes over what a worker of this process has made: it outlives that worker.</summary>
    private void Adopt()
    {
        if (!_memory.Folder.IsOfWorker(_path, out string root))
        {
            return;
        }

        string from = _path;
        bool isMaking = false;
        try
        {
            _memory.Folder.BeginMaking();
            isMaking = true;
            string own = System.IO.Path.Combine(_memory.Folder.Ensure(root), Id);
            File.Move(from, own);
            _path = own;
            _isOwner = true;
            if (HasParts)
            {
                SegmentParts.Follow(from, own, _memory.Folder.Roots);
            }
        }
        catch (IOException)
        {
            // The worker disposed of it just now, or this process ends; it is mapped here, and that is enough.
        }
        finally
        {
            if (isMaking)
            {
                _memory.Folder.EndMaking();
            }
        }
    }

    private void Close()
    {
        Volatile.Write(ref ((long*)_start)[ClosedWord], 1);
        _memory.Folder.Delete(_path);
        if (HasParts)
        {
            SegmentParts.DeleteAll(_path, _memory.Folder);
        }
    }
}
