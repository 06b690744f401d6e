using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>The framework's classes that are rebuilt from a few values.</summary>
internal static class AtomSerializers
{
    private const BindingFlags AllMembers =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>By the full name of the class; those derived from it within the framework go the same way.</summary>
    private static readonly Dictionary<string, Func<Type, Serializer>> Makers = new(StringComparer.Ordinal)
    {
        ["System.Type"] = static _ => new AtomSerializer<Type>(static (w, type) => w.Members.WriteType(type), static r => r.Members.ReadType()),
        ["System.Reflection.MethodBase"] = static _ => ForMethod(),
        ["System.Reflection.FieldInfo"] = static _ => ForField(),
        ["System.Reflection.PropertyInfo"] = static _ => ForMember(static type => type.GetProperties(AllMembers)),
        ["System.Reflection.EventInfo"] = static _ => ForMember(static type => type.GetEvents(AllMembers)),
        ["System.Reflection.Assembly"] = static _ => new AtomSerializer<Assembly>(
            static (w, assembly) => w.Members.WriteAssembly(assembly), static r => r.Members.ReadAssembly()),
        ["System.Globalization.CompareInfo"] = static _ => new AtomSerializer<CompareInfo>(
            static (w, info) => w.Output.WriteString(info.Name), static r => CompareInfo.GetCompareInfo(r.Input.ReadString()!)),
        ["System.Globalization.CultureInfo"] = static _ => new CultureSerializer(),
        ["System.Globalization.RegionInfo"] = static _ => new AtomSerializer<RegionInfo>(
            static (w, region) => w.Output.WriteString(region.Name), static r => new RegionInfo(r.Input.ReadString()!)),
        ["System.TimeZoneInfo"] = static _ => new TimeZoneSerializer(),
        ["System.DBNull"] = static _ => new AtomSerializer<DBNull>(static (_, _) => { }, static _ => DBNull.Value),
        ["System.Text.Encoding"] = static _ => new EncodingSerializer(),
        ["System.Text.RegularExpressions.Regex"] = ForRegex,
        ["System.Uri"] = static _ => ForUri(),
        ["System.Text.Json.Serialization.JsonConverter"] = JsonSerializers.ForConverter,
        ["System.Text.Json.Serialization.Metadata.JsonTypeInfo"] = static _ => JsonSerializers.ForTypeInfo(),
        ["System.Xml.Linq.XName"] = ForXmlName,
        ["System.Xml.Linq.XNamespace"] = ForXmlName,
        ["System.WeakReference"] = WeakReferenceSerializer.For,
        ["System.WeakReference`1"] = WeakReferenceSerializer.For,
    };

    /// <summary>The serializer of such a class; null for any other type, including those that a program has derived from such a class.</summary>
    public static Serializer? TrySelect(Type type) =>
        Makers.TryFind(type, out Type known, out Func<Type, Serializer>? make) && (type.Assembly == known.Assembly || IsCodePageEncoding(type))
            ? make!(type)
            : ComparerSerializers.TrySelect(type);

    /// <summary>The code page encodings are part of .NET, although in an assembly of their own.</summary>
    private static bool IsCodePageEncoding(Type type) => type.Namespace == "System.Text" && AssemblyNames.Of(type.Assembly) == "System.Text.Encoding.CodePages";

    private static AtomSerializer<MethodBase> ForMethod() => new(
        static (w, method) =>
        {
            w.Members.WriteMethod(method);
            w.Code.Add(method);
        },
        static r => r.Members.ReadMethod());

    private static AtomSerializer<FieldInfo> ForField() => new(
        static (w, field) =>
        {
            // In an expression tree a captured variable is a field of a constant; no code reads it by itself.
            w.Code.Add(field);
            w.Members.WriteField(field);
        },
        static r => r.Members.ReadField());

    private static AtomSerializer<MemberInfo> ForMember(Func<Type, MemberInfo[]> members) => new(
        static (w, member) =>
        {
            w.Members.WriteType(member.DeclaringType!);
            w.Output.WriteInt32(member.MetadataToken);
        },
        r =>
        {
            Type declaring = r.Members.ReadType();
            int token = r.Input.ReadInt32();
            return Array.Find(members(declaring), member => member.MetadataToken == token)!;
        });

    private static AtomSerializer<Uri> ForUri() => new(
        static (w, uri) =>
        {
            w.Output.WriteString(uri.OriginalString);
            w.Output.WriteBoolean(uri.IsAbsoluteUri);
            if (uri.IsAbsoluteUri)
            {
                // Only what becomes of its path tells whether a program asked that nothing be done to it.
                w.Output.WriteBoolean(new Uri(uri.OriginalString, UriKind.Absolute).AbsoluteUri != uri.AbsoluteUri);
            }
        },
        static r =>
        {
            string text = r.Input.ReadString()!;
            return !r.Input.ReadBoolean() ? new Uri(text, UriKind.Relative)
                : r.Input.ReadBoolean() ? new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
                : new Uri(text, UriKind.Absolute);
        });

    /// <summary>Names of LINQ to XML: each exists once in a process and is compared by reference, so it is looked up, not copied.</summary>
    private static AtomSerializer<object> ForXmlName(Type type)
    {
        // By reflection: System.Xml.Linq need not be loaded to run a function that has nothing to do with it.
        MethodInfo get = type.GetMethod("Get", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!;
        return new(static (w, name) => w.Output.WriteString(name.ToString()), r => get.Invoke(null, [r.Input.ReadString()!])!);
    }

    private static Serializer ForRegex(Type type) => type != typeof(Regex)
        ? new ObjectSerializer(type)
        : new AtomSerializer<Regex>(
            static (w, regex) =>
            {
                w.Output.WriteString(regex.ToString());
                w.Output.WriteInt32((int)regex.Options);
                w.Output.WriteInt64(regex.MatchTimeout.Ticks);
            },
            static r => new Regex(r.Input.ReadString()!, (RegexOptions)r.Input.ReadInt32(), new TimeSpan(r.Input.ReadInt64())));
}

/// <summary>An object that is rebuilt at once from a few values: its fields hold what only its own process can know.</summary>
/// <typeparam name="T">The type, or a base of it.</typeparam>
internal sealed class AtomSerializer<T>(Action<GraphWriter, T> write, Func<GraphReader, T> read) : Serializer
    where T : class
{
    public override void WriteHead(GraphWriter writer, object value) => write(writer, (T)value);

    public override object ReadHead(GraphReader reader) => read(reader);
}
