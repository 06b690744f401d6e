namespace Multiprocessing.Package.Tests;

/// <summary>What consumers run.</summary>
internal static class Samples
{
    /// <summary>Uses a closure over a local variable, a type of the program's own, a shared object and an exception of a worker.</summary>
    public const string Program =
        """
        using Multiprocessing;

        using var pool = new WorkerPool(processes: 2);
        using var total = new SharedValue<int>(0);
        int offset = 100;
        Point[] points = pool.Map(x => { total.Add(x); return new Point(x, x * x + offset); }, new[] { 1, 2, 3 });
        Console.WriteLine($"{string.Join(' ', points.Select(p => p.Y))}, {total.Value}, {pool.Run(() => Environment.ProcessId) != Environment.ProcessId}");
        try
        {
            await WorkerProcess.RunAsync(() => throw new TimeZoneNotFoundException("아이고"));
        }
        catch (WorkerException e)
        {
            Console.WriteLine($"{e.InnerException!.GetType().Name}: {e.InnerException.Message}");
        }

        record Point(int X, int Y);

        """;

    /// <summary>What it prints.</summary>
    public const string Output = "101 104 109, 6, True\nTimeZoneNotFoundException: 아이고\n";
}
