using System.Globalization;

namespace Multiprocessing.Memory;

/// <summary>
/// Where the segments of this process have their names: a folder that only this user can enter, with a name that nobody can guess and that says whose it is.
/// A worker's folder lies in that of its parent, so that whoever outlives the others can clean up after them. Thread-safe.
/// </summary>
/// <remarks>
/// A program removes its folder, its workers' included, when it ends; a parent removes a worker's folder when that has ended; and what a killed program
/// leaves is swept by the next one (<see cref="SegmentSweep"/>). The folder may exist on each of <see cref="SegmentRoots"/>, under the same name.
/// </remarks>
internal static class SegmentFolder
{
    public const string Prefix = "multiprocessing-";
    public const string WorkerPrefix = "w";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly Lazy<string> LazyName = new(FindName);

    /// <summary>Whoever makes a segment of gigabytes just now is not waited for longer than this.</summary>
    private static readonly TimeSpan MakingLimit = TimeSpan.FromSeconds(1);

    private static volatile bool s_isEnding;
    private static int s_making;

    /// <summary>The folder's name, from the root down.</summary>
    public static string Name => LazyName.Value;

    /// <summary>Whether this is a worker, whose parent cleans up after it.</summary>
    public static bool IsWorkers => ParentSegmentFolder.Name is not null;

    /// <summary>Announces that a segment is being made, until <see cref="EndMaking"/>: what is made while the folder is removed for good would be left.</summary>
    /// <exception cref="IOException">This process, or its parent, has begun to end.</exception>
    public static void BeginMaking()
    {
        // First the word, then the look; whoever removes the folder does it the other way round.
        Interlocked.Increment(ref s_making);
        if (s_isEnding || (ParentSegmentFolder.LifeSign is { } sign && !File.Exists(sign)))
        {
            Interlocked.Decrement(ref s_making);
            throw new IOException("This process is ending: no shared memory is made any more.");
        }
    }

    /// <summary>The segment has been made, or not.</summary>
    public static void EndMaking() => Interlocked.Decrement(ref s_making);

    /// <summary>Makes sure that the folder exists.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static string Ensure(string root)
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
            // A user's temp folder is that user's alone.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    /// <summary>Tells whether a path leads to a segment of one of this process's workers.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">Where it lies.</param>
    public static bool IsOfWorker(string path, out string root)
    {
        foreach (string candidate in SegmentRoots.All)
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

    /// <summary>Removes what a worker that has ended has left.</summary>
    public static void RemoveWorker(int processId)
    {
        if (LazyName.IsValueCreated)
        {
            Remove(Path.Combine(Name, WorkerName(processId)));
        }
    }

    private static void Remove(string name)
    {
        foreach (string root in SegmentRoots.All)
        {
            SegmentSweep.Remove(Path.Combine(root, name));
        }
    }

    private static string FindName()
    {
        if (ParentSegmentFolder.Name is { } parent)
        {
            return Path.Combine(parent, WorkerName(Environment.ProcessId));
        }

        // Neither runs when the process is killed; what is left then is the next program's to sweep.
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => RemoveForGood();
        AppDomain.CurrentDomain.UnhandledException += static (_, e) =>
        {
            if (e.IsTerminating)
            {
                RemoveForGood();
            }
        };
        return $"{Prefix}{ProcessIdentity.OfThisProcess}-{Guid.NewGuid():N}";
    }

    private static void RemoveForGood()
    {
        s_isEnding = true;
        Interlocked.MemoryBarrier();
        SpinWait.SpinUntil(static () => Volatile.Read(ref s_making) == 0, MakingLimit);
        Remove(Name);
    }

    private static string WorkerName(int processId) => string.Create(CultureInfo.InvariantCulture, $"{WorkerPrefix}{processId}");
}
