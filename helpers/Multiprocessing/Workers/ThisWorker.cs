namespace Multiprocessing.Workers;

/// <summary>What a worker process knows of itself. Of no use in any other process. Thread-safe.</summary>
internal static class ThisWorker
{
    private static int s_printed;

    /// <summary>The name that somebody gave to it; null for none.</summary>
    public static string? Name { get; set; }

    /// <summary>How many pieces of text of the function have gone to the parent.</summary>
    public static int Printed => Volatile.Read(ref s_printed);

    /// <summary>Begins to count, when the function is about to run.</summary>
    public static void Begin() => s_printed = 0;

    /// <summary>Counts a piece of text that has gone to the parent.</summary>
    public static void CountPrinted() => Interlocked.Increment(ref s_printed);
}
