using System.Reflection;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>Which fields of an exception go.</summary>
internal static class ExceptionFields
{
    /// <summary>Where an exception was thrown is kept as addresses, which mean nothing elsewhere; as text it goes.</summary>
    private static readonly HashSet<string> Text =
        ["_message", "_data", "_innerException", "_helpURL", "_source", "_HResult", "_remoteStackTraceString", "_stackTraceString"];

    public static bool IsSkipped(FieldInfo field) => field.DeclaringType == typeof(Exception) && !Text.Contains(field.Name);
}
