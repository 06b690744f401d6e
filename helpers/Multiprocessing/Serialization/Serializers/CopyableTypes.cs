namespace Multiprocessing.Serialization.Serializers;

/// <summary>Classes of .NET that are nothing but data, so that a copy of their fields is a copy of them.</summary>
internal static class CopyableTypes
{
    /// <summary>Every class in these namespaces (and, with a dot at the end, those below them).</summary>
    private static readonly string[] Namespaces =
    [
        "System.Collections", "System.Collections.", "System.Linq", "System.Linq.Expressions",
        "System.Numerics", "System.Text.RegularExpressions", "System.Text.Json.Nodes", "System.Xml.Linq", "System.Globalization",
    ];

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "System.Object", "System.Version", "System.Random", "System.OperatingSystem", "System.EventArgs", "System.CultureAwareComparer",
        "System.Lazy`1", "System.LazyHelper", "System.Attribute", "System.DBNull", "System.UriBuilder", "System.StringComparer",
        "System.Diagnostics.Stopwatch", "System.MarshalByRefObject", "System.FormattableString",
        "System.Text.EncoderExceptionFallback", "System.Text.EncoderReplacementFallback",
        "System.Text.DecoderExceptionFallback", "System.Text.DecoderReplacementFallback",
        "System.Text.StringBuilder", "System.Text.CompositeFormat", "System.Text.Json.JsonDocument", "System.Buffers.ArrayBufferWriter`1",
        "System.CharEnumerator", "System.ArrayEnumerator", "System.SZGenericArrayEnumerator`1", "System.SZGenericArrayEnumeratorBase",
        "System.IO.Stream", "System.IO.MemoryStream", "System.IO.TextReader", "System.IO.TextWriter", "System.IO.StringReader", "System.IO.StringWriter",
        "System.IO.FileSystemInfo", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.Net.IPAddress", "System.Net.EndPoint", "System.Net.IPEndPoint", "System.Net.DnsEndPoint", "System.Net.IPHostEntry",
        "System.Runtime.CompilerServices.StrongBox`1", "System.Runtime.CompilerServices.TrueReadOnlyCollection`1",
        "System.Runtime.CompilerServices.ReadOnlyCollectionBuilder`1", "System.Runtime.CompilerServices.FormattableStringFactory+ConcreteFormattableString",
        "System.ComponentModel.PropertyChangedEventArgs", "System.ComponentModel.PropertyChangingEventArgs",
    };

    private static readonly string[] Prefixes = ["System.Tuple`", "System.Random+", "System.Net.IPAddress+", "System.Lazy`1+", "System.IO.Enumeration."];

    public static bool Contains(Type type)
    {
        Type definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        string name = definition.FullName ?? "";
        string space = definition.Namespace ?? "";
        return Names.Contains(name)
            || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            || Array.Exists(Namespaces, known => known.EndsWith('.') ? space.StartsWith(known, StringComparison.Ordinal) : space == known);
    }
}
