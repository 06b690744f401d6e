using System.Reflection;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>Fields that mean nothing in another process, and that their objects do without.</summary>
internal static class SkippedFields
{
    /// <summary>By the declaring class; an empty list for all of its fields.</summary>
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["System.OperationCanceledException"] = ["_cancellationToken"],
        ["System.Threading.Tasks.TaskCanceledException"] = ["_canceledTask"],

        // What a stream remembers of its last asynchronous call.
        ["System.IO.Stream"] = [],
        ["System.IO.MemoryStream"] = ["_lastReadTask"],
    };

    /// <summary>What an exception says. The rest is where it was thrown, as addresses, in whose place the text goes.</summary>
    private static readonly string[] ExceptionText = ["_message", "_data", "_innerException", "_helpURL", "_source", "_HResult", "_remoteStackTraceString"];

    /// <summary>A field of an exception that this version of .NET does not have; null if it has all that are needed.</summary>
    public static string? MissingText { get; } =
        Array.Find(ExceptionText, static name => typeof(Exception).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) is null);

    /// <summary>The fields that go.</summary>
    public static FieldInfo[] Without(FieldInfo[] fields) => Array.FindAll(fields, static field => !Contains(field));

    private static bool Contains(FieldInfo field) => field.DeclaringType == typeof(Exception)
        ? Array.IndexOf(ExceptionText, field.Name) < 0
        : field.DeclaringType?.FullName is { } declaring && Names.TryGetValue(declaring, out string[]? names)
          && (names.Length == 0 || Array.IndexOf(names, field.Name) >= 0);
}
