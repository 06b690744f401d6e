namespace Multiprocessing.Connections.Calls;

/// <summary>The name that somebody gave to the worker process that this is.</summary>
internal static class WorkerName
{
    /// <summary>Null if nobody did, and in a program that is no worker.</summary>
    public static string? OfThisProcess { get; set; }
}
