using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Misbehaving;

/// <summary>What a program does that may open no more files (Linux).</summary>
internal static partial class Scarcity
{
    private const int MostDescriptors = 7;

    // Without those of code, which is loaded as it is needed.
    private static int Open => Directory.GetFiles("/proc/self/fd").Count(static path => new FileInfo(path).LinkTarget is { } target && !target.EndsWith(".dll", StringComparison.Ordinal));

    /// <summary>Starts workers, each with room for one descriptor more, until one can be started. Says why the others could not, and how many descriptors these have left open.</summary>
    public static int StartWorkers()
    {
        // The code that it takes is loaded now: there is no room for that later.
        Start();
        SortedSet<string> reasons = new(StringComparer.Ordinal);
        int left = 0;
        for (int room = 0; ; room++)
        {
            int before = Open;
            try
            {
                WithRoomFor(room, Start);
                break;
            }
            catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
            {
                // What could not be done, without what the system says of it.
                reasons.Add(e is IOException ? "memory" : e.Message.Split(": ")[1]);
                left += Open - before;
            }
        }

        Console.WriteLine($"{string.Join(' ', reasons)}; left {left}");
        return 0;

        // One that comes from no stock.
        static void Start() => new WorkerPool(1, processorsPerWorker: 1).Dispose();
    }

    /// <summary>Makes a pool without room for its memory, has it collected, and makes another one when there is room.</summary>
    public static int MakePools()
    {
        using (SharedValue<int> first = new())
        {
            // The code that it takes is loaded now: there is no room for that later.
            Console.WriteLine(new LinkedList<int>([first.Value]).Count + new HashSet<int>().Count);
        }

        try
        {
            WithRoomFor(0, static () => new WorkerPool(2).Dispose());
        }
        catch (IOException)
        {
            Console.WriteLine("no room");
        }

        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using WorkerPool pool = new(2);
        Console.WriteLine(pool.Map(static x => x * x, [1, 2, 3]).Sum());
        return 0;
    }

    private static void WithRoomFor(int count, Action action)
    {
        Check(GetLimit(MostDescriptors, out Limit limit));
        HashSet<int> open = [.. Directory.GetFiles("/proc/self/fd").Select(static path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))];

        // The listing itself took one, which is free again.
        open.Remove(open.Max());
        int most = 0;
        for (int free = 0; free < count || open.Contains(most); most++)
        {
            free += open.Contains(most) ? 0 : 1;
        }

        while (open.Contains(most))
        {
            most++;
        }

        Check(SetLimit(MostDescriptors, limit with { Soft = (ulong)most }));
        try
        {
            action();
        }
        finally
        {
            Check(SetLimit(MostDescriptors, limit));
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(ulong Soft, ulong Hard);
}
