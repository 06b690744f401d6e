using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Multiprocessing.Serialization.Assemblies;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>The framework's classes that are rebuilt from a few values.</summary>
internal static class AtomSerializers
{
    /// <summary>As deep as .NET writes it.</summary>
    private const int DeepestJson = 1000;

    private const string Utc = "=UTC";
    private const string Local = "=local";

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
        ["System.TimeZoneInfo"] = static _ => ForTimeZone(),
        ["System.DBNull"] = static _ => ForTheOnly(DBNull.Value),
        ["System.Text.Encoding"] = static _ => ForEncoding(),
        ["System.Text.RegularExpressions.Regex"] = ForRegex,
        ["System.Uri"] = static _ => ForUri(),
        ["System.Text.Json.Nodes.JsonNode"] = static _ => ForJson(),
        ["System.Xml.Linq.XName"] = ForXmlName,
        ["System.Xml.Linq.XNamespace"] = ForXmlName,
        ["System.WeakReference"] = static type => new WeakReferenceSerializer(type),
        ["System.WeakReference`1"] = static type => new WeakReferenceSerializer(type),
    };

    /// <summary>The serializer of such a class; null for any other type, including those that a program has derived from such a class.</summary>
    public static Serializer? TrySelect(Type type) =>
        Makers.TryFind(type, out Type known, out Func<Type, Serializer>? make) && (type.Assembly == known.Assembly || IsCodePageEncoding(type))
            ? make!(type)
            : type.Assembly == typeof(object).Assembly ? TrySelectComparer(type)
            : null;

    /// <summary>The code page encodings are part of .NET, although in an assembly of their own.</summary>
    private static bool IsCodePageEncoding(Type type) => type.Namespace == "System.Text" && AssemblyNames.Of(type.Assembly) == "System.Text.Encoding.CodePages";

    /// <summary>What exists once in a process.</summary>
    private static AtomSerializer<object> ForTheOnly(object instance) => new(static (_, _) => { }, _ => instance);

    /// <summary>Comparers that exist once in a process, and that collections recognise by identity.</summary>
    private static AtomSerializer<object>? TrySelectComparer(Type type)
    {
        object[] comparers = [StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, ReferenceEqualityComparer.Instance];
        if (Array.Find(comparers, comparer => comparer.GetType() == type) is { } known)
        {
            return ForTheOnly(known);
        }

        // The default comparers are classes without fields; one made of a function has a field, and is an object like any other.
        bool hasState = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length > 0;
        for (Type? level = type; level is not null && !hasState && type.Namespace == "System.Collections.Generic"; level = level.BaseType)
        {
            if (TypeNames.Of(level) is "System.Collections.Generic.EqualityComparer`1" or "System.Collections.Generic.Comparer`1")
            {
                return ForTheOnly(level.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!);
            }
        }

        return null;
    }

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

    /// <summary>
    /// A time zone: by its name where this machine knows it, else by its rules. Conversions ask whether it is the very object that is UTC,
    /// or local.
    /// </summary>
    private static AtomSerializer<TimeZoneInfo> ForTimeZone() => new(
        static (w, zone) =>
        {
            string? name = zone == TimeZoneInfo.Utc ? Utc
                : zone == TimeZoneInfo.Local ? Local
                : TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out TimeZoneInfo? known) && known.Equals(zone) && known.DisplayName == zone.DisplayName ? zone.Id
                : null;
            w.Output.WriteString(name);
            if (name is null)
            {
                w.Output.WriteString(zone.ToSerializedString());
            }
        },
        static r => r.Input.ReadString() switch
        {
            Utc => TimeZoneInfo.Utc,
            Local => TimeZoneInfo.Local,
            { } name => TimeZoneInfo.FindSystemTimeZoneById(name),
            null => TimeZoneInfo.FromSerializedString(r.Input.ReadString()!),
        });

    /// <summary>
    /// A text encoding: by its number, whether it writes a byte order mark, and what it does with text that it cannot express, unless that
    /// is its own way, the nearest character it has.
    /// </summary>
    private static AtomSerializer<Encoding> ForEncoding() => new(
        static (w, encoding) =>
        {
            w.Output.WriteInt32(encoding.CodePage);
            w.Output.WriteBoolean(encoding.Preamble.Length > 0);
            w.WriteReference(IsOwn(encoding.EncoderFallback) ? null : encoding.EncoderFallback, nameof(Encoding.EncoderFallback));
            w.WriteReference(IsOwn(encoding.DecoderFallback) ? null : encoding.DecoderFallback, nameof(Encoding.DecoderFallback));
        },
        static r =>
        {
            int codePage = r.Input.ReadInt32();
            bool mark = r.Input.ReadBoolean();

            // Only a copy can be changed. By the provider of the code page encodings first: .NET itself knows them only where a program has
            // registered it.
            Encoding copy = (Encoding)(codePage switch
            {
                65001 => new UTF8Encoding(mark),
                1200 or 1201 => new UnicodeEncoding(bigEndian: codePage == 1201, mark),
                12000 or 12001 => new UTF32Encoding(bigEndian: codePage == 12001, mark),
                _ => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage),
            }).Clone();
            copy.EncoderFallback = (EncoderFallback?)r.ReadReference() ?? copy.EncoderFallback;
            copy.DecoderFallback = (DecoderFallback?)r.ReadReference() ?? copy.DecoderFallback;
            return copy;
        });

    private static bool IsOwn(object fallback) =>
        !CopyableTypes.Contains(fallback.GetType()) && KnownAssemblies.IsFramework(fallback.GetType().Assembly);

    /// <summary>
    /// JSON as its text, from the node down: what a node keeps besides the text is how .NET writes it, which changes from version to
    /// version.
    /// </summary>
    private static AtomSerializer<JsonNode> ForJson() => new(
        static (w, node) =>
        {
            w.Output.WriteBoolean(node.Options?.PropertyNameCaseInsensitive == true);
            try
            {
                w.Output.WriteString(node.ToJsonString());
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or JsonException)
            {
                throw w.Refuse(node.GetType(), $"it cannot be written as JSON ({e.Message.TrimEnd('.')}). Send its values.");
            }
        },
        static r =>
        {
            JsonNodeOptions options = new() { PropertyNameCaseInsensitive = r.Input.ReadBoolean() };
            return JsonNode.Parse(r.Input.ReadString()!, options, new JsonDocumentOptions { MaxDepth = DeepestJson })!;
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
