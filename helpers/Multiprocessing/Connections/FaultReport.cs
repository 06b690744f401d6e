using System.Reflection;
using Multiprocessing.Serialization;

namespace Multiprocessing.Connections;

/// <summary>Turns an exception into what the parent is told of it.</summary>
internal static class FaultReport
{
    private static readonly string[] Below = ["   at Multiprocessing.Workers.", "   at Multiprocessing.Diagnostics.", "   at Multiprocessing.Connections.Calls.", "   at Multiprocessing.Pools."];

    public static WorkerFault Of(Exception exception, SerializationContext context)
    {
        if (exception is OutOfMemoryException)
        {
            // To tell takes memory, too; and what the function has held nobody holds any more.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        // An exception's own members are code of the function, too, and may throw.
        string trace = Try(() => OwnFrames(exception.StackTrace));
        string message = Try(() => exception.Message);
        string text = Try(() => OwnFrames(exception.ToString()));
        return new WorkerFault(exception.GetType().FullName ?? exception.GetType().Name, message, trace, text, Graph(exception, context));
    }

    private static ReadOnlyMemory<byte> Graph(Exception exception, SerializationContext context)
    {
        try
        {
            return Shipment.Pack(exception, "exception", context).Payload;
        }
        catch (Exception e) when (e is NotShippableException or TargetInvocationException or OutOfMemoryException)
        {
            return default;
        }
    }

    /// <summary>Without the frames of this library, which are below the function's own.</summary>
    private static string OwnFrames(string? trace) =>
        string.Join('\n', (trace ?? "").Split('\n').Where(static line => !Array.Exists(Below, own => line.StartsWith(own, StringComparison.Ordinal))));

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // Any failure here must not hide the exception that is being reported.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"(not available: {e.GetType().Name})";
        }
    }
}
