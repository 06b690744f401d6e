using System.Collections.Concurrent;
using System.Globalization;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>
/// Where segments have their names: a folder that only this user can enter, with a name that nobody can guess and that says whose it is.
/// A worker's folder lies in that of its parent, so that whoever outlives the others can clean up after them. Thread-safe.
/// </summary>
/// <remarks>
/// A program removes its folder, its workers' included, when it ends; a parent removes a worker's folder when that has ended; and what a killed program
/// leaves is swept by the next one (<see cref="SegmentSweep"/>). The folder may exist on each of <see cref="Roots"/>, under the same name.
/// </remarks>
internal sealed class SegmentFolder
{
    public const string Prefix = "multiprocessing-";
    public const string WorkerPrefix = "w";

    /// <summary>What files end in by which a runtime is told how to start a worker: the host insists on it.</summary>
    public const string SettingsExtension = ".json";
    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>No path has it.</summary>
    private const char Separator = '\0';

    /// <summary>Whoever makes a segment of gigabytes just now is not waited for longer than this.</summary>
    private static readonly TimeSpan MakingLimit = TimeSpan.FromSeconds(1);

    /// <summary>How many of those that could not be deleted are tried again at a time.</summary>
    private const int MostTried = 16;

    /// <summary>Files that are to go, and cannot as long as somebody maps them (on Windows), and the folders that are to go after them.</summary>
    private readonly ConcurrentQueue<string> _left = new();

    /// <summary>Those of them that no other process maps, so that the system can be asked to delete them at the end of this one (<see cref="DeleteUnused"/>).</summary>
    private readonly ConcurrentQueue<string> _unused = new();
    private readonly Lazy<string> _name;
    private readonly Lazy<IReadOnlyList<string>> _roots;
    private string? _parentName;
    private string[]? _parentRoots;
    private string? _lifeSign;
    private volatile bool _isEnding;
    private int _isLeavingUnused;
    private volatile bool _hasLeftUnused;
    private int _making;

    public SegmentFolder()
    {
        _name = new Lazy<string>(FindName);
        _roots = new Lazy<IReadOnlyList<string>>(() => _parentRoots ?? SegmentRoots.FindAll());
    }

    /// <summary>The folder's name, from the root down.</summary>
    public string Name => _name.Value;

    /// <summary>
    /// The roots on which it may lie, the best first. A worker has its parent's: the variable that names the temp folder may have changed since, and neither would find what the other has made.
    /// </summary>
    public IReadOnlyList<string> Roots => _roots.Value;

    /// <summary>Whether this is a worker, whose parent cleans up after it.</summary>
    public bool IsWorkers => _parentName is not null;

    /// <summary>What workers are told of it.</summary>
    public string ForWorkers => string.Join(Separator, [Name, .. Roots]);

    /// <summary>Takes what the parent of this process, a worker, tells it before anything else.</summary>
    /// <param name="told">The parent's <see cref="ForWorkers"/>.</param>
    /// <param name="lifeSign">A file that is there as long as the parent does not end.</param>
    public void Learn(string told, string lifeSign)
    {
        string[] parts = told.Split(Separator);
        (_parentName, _parentRoots, _lifeSign) = (parts[0], parts[1..], lifeSign);
    }

    /// <summary>Announces that a segment is being made, until <see cref="EndMaking"/>: what is made while the folder is removed for good would be left.</summary>
    /// <exception cref="IOException">This process, or its parent, has begun to end.</exception>
    public void BeginMaking()
    {
        // First the word, then the look; whoever removes the folder does it the other way round.
        Interlocked.Increment(ref _making);
        if (_isEnding || (_lifeSign is { } sign && !File.Exists(sign)))
        {
            Interlocked.Decrement(ref _making);
            throw new IOException("This process is ending: no shared memory is made any more.");
        }
    }

    /// <summary>The segment has been made, or not.</summary>
    public void EndMaking() => Interlocked.Decrement(ref _making);

    /// <summary>Makes sure that the folder exists.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public string Ensure(string root)
    {
        string folder = Path.Combine(root, Name);
        Make(folder);
        return folder;
    }

    /// <summary>Makes a folder of segments, if there is none.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            UserFolder.Make(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    /// <summary>Tells whether a path leads to a segment of one of this process's workers.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">Where it lies.</param>
    public bool IsOfWorker(string path, out string root)
    {
        foreach (string candidate in Roots)
        {
            if (path.StartsWith(Path.Combine(candidate, Name) + Path.DirectorySeparatorChar + WorkerPrefix, StringComparison.Ordinal))
            {
                root = candidate;
                return true;
            }
        }

        root = "";
        return false;
    }

    /// <summary>Deletes a file of a segment: at once, but for Windows, where it has lost its name then, and goes when nobody maps it any more.</summary>
    public void Delete(string file)
    {
        DeleteLeft();
        if (SegmentSweep.Delete(file) is { } left)
        {
            _left.Enqueue(left);
        }
    }

    /// <summary>Deletes a file that no other process uses, though this one may still map it: on Windows it goes with this process at the latest, wherever it lies.</summary>
    public void DeleteUnused(string file)
    {
        DeleteLeft();
        if (SegmentSweep.Delete(file) is not { } left)
        {
            return;
        }

        _left.Enqueue(left);
        if (OperatingSystem.IsWindows())
        {
            for (int i = Math.Min(MostTried, _unused.Count); i > 0 && _unused.TryDequeue(out string? before); i--)
            {
                if (File.Exists(before))
                {
                    _unused.Enqueue(before);
                }
            }

            _unused.Enqueue(left);
            if (Interlocked.Exchange(ref _isLeavingUnused, 1) == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += LeaveUnused;
            }

            if (_hasLeftUnused)
            {
                LeaveUnused(null, EventArgs.Empty);
            }
        }
    }

    /// <summary>Leaves them to the system. Others that end with the process as well may come after that.</summary>
    private void LeaveUnused(object? sender, EventArgs e)
    {
        _hasLeftUnused = true;
        while (_unused.TryDequeue(out string? left))
        {
            DeletionAtExit.RequestFile(left);
        }
    }

    /// <summary>Deletes what could not be deleted before and can be now: for whenever somebody has ceased to map something.</summary>
    public void DeleteLeft()
    {
        for (int i = Math.Min(MostTried, _left.Count); i > 0 && _left.TryDequeue(out string? path); i--)
        {
            if (!SegmentSweep.TryDelete(path) && !(Directory.Exists(path) && SegmentSweep.TryDeleteFolder(path)))
            {
                _left.Enqueue(path);
            }
        }
    }

    /// <summary>Removes what a worker that has ended has left.</summary>
    public void RemoveWorker(int processId)
    {
        if (_name.IsValueCreated)
        {
            Remove(Path.Combine(Name, WorkerName(processId)));
            DeleteLeft();
        }
    }

    private void Remove(string name)
    {
        foreach (string root in Roots)
        {
            SegmentSweep.Remove(Path.Combine(root, name)).ForEach(_left.Enqueue);
        }
    }

    private string FindName()
    {
        if (_parentName is { } parent)
        {
            return Path.Combine(parent, WorkerName(Environment.ProcessId));
        }

        // Neither runs when the process is killed; what is left then is the next program's to sweep.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        return $"{Prefix}{ProcessIdentity.OfThisProcess}-{Guid.NewGuid():N}";
    }

    /// <summary>Removes it, its workers' included. No segment is made any more.</summary>
    public void RemoveForGood()
    {
        _isEnding = true;
        Interlocked.MemoryBarrier();
        SpinWait.SpinUntil(() => Volatile.Read(ref _making) == 0, MakingLimit);
        Remove(Name);
        if (_left.IsEmpty)
        {
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        }
    }

    private void OnExit(object? sender, EventArgs e) => RemoveAtEnd();

    private void RemoveAtEnd()
    {
        RemoveForGood();
        if (OperatingSystem.IsWindows())
        {
            // Where there was none left, there is nothing.
            foreach (string root in Roots)
            {
                DeletionAtExit.Request(Path.Combine(root, Name));
            }
        }
    }

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.IsTerminating)
        {
            RemoveAtEnd();
        }
    }

    private static string WorkerName(int processId) => string.Create(CultureInfo.InvariantCulture, $"{WorkerPrefix}{processId}");
}
