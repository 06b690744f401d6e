using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>The framework's classes that are rebuilt from a few values.</summary>
internal static class LeafShapes
{
    // The first that the type can be assigned to is taken.
    private static readonly (Type Type, Func<Shape> Make)[] Known =
    [
        (typeof(Type), static () => new LeafShape<Type>(static (w, type) => w.Members.WriteType(type), static r => r.Members.ReadType())),
        (typeof(MethodBase), static () => new LeafShape<MethodBase>(
            static (w, method) =>
            {
                w.Code.Add(method);
                w.Members.WriteMethod(method);
            },
            static r => r.Members.ReadMethod())),
        (typeof(FieldInfo), static () => new LeafShape<FieldInfo>(
            static (w, field) =>
            {
                // In an expression tree a captured variable is a field of a constant; no code reads it by itself.
                w.Code.Add(field);
                w.Members.WriteField(field);
            },
            static r => r.Members.ReadField())),
        (typeof(PropertyInfo), static () => new LeafShape<PropertyInfo>(
            static (w, property) =>
            {
                w.Members.WriteType(property.DeclaringType!);
                w.Output.WriteInt32(property.MetadataToken);
            },
            static r =>
            {
                Type declaring = r.Members.ReadType();
                int token = r.Input.ReadInt32();
                return declaring.GetProperties(AllMembers).First(property => property.MetadataToken == token);
            })),
        (typeof(Assembly), static () => new LeafShape<Assembly>(static (w, assembly) => w.Members.WriteAssembly(assembly), static r => r.Members.ReadAssembly())),
        (typeof(CompareInfo), static () => new LeafShape<CompareInfo>(
            static (w, info) => w.Output.WriteString(info.Name), static r => CompareInfo.GetCompareInfo(r.Input.ReadString()!))),
        (typeof(TextInfo), static () => new LeafShape<TextInfo>(
            static (w, info) => w.Output.WriteString(info.CultureName), static r => CultureInfo.GetCultureInfo(r.Input.ReadString()!).TextInfo)),
        (typeof(CultureInfo), static () => new CultureShape()),
        (typeof(DateTimeFormatInfo), static () => new DateTimeFormatShape()),
        (typeof(TimeZoneInfo), static () => new LeafShape<TimeZoneInfo>(
            static (w, zone) => w.Output.WriteString(zone.ToSerializedString()), static r => TimeZoneInfo.FromSerializedString(r.Input.ReadString()!))),
        (typeof(Uri), static () => new LeafShape<Uri>(
            static (w, uri) =>
            {
                w.Output.WriteString(uri.OriginalString);
                w.Output.WriteBoolean(uri.IsAbsoluteUri);
            },
            static r => new Uri(r.Input.ReadString()!, r.Input.ReadBoolean() ? UriKind.Absolute : UriKind.Relative))),
    ];

    private const BindingFlags AllMembers =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Shape? TrySelect(Type type)
    {
        if (type == typeof(Regex))
        {
            return new LeafShape<Regex>(
                static (w, regex) =>
                {
                    w.Output.WriteString(regex.ToString());
                    w.Output.WriteInt32((int)regex.Options);
                    w.Output.WriteInt64(regex.MatchTimeout.Ticks);
                },
                static r => new Regex(r.Input.ReadString()!, (RegexOptions)r.Input.ReadInt32(), new TimeSpan(r.Input.ReadInt64())));
        }

        if (typeof(Encoding).IsAssignableFrom(type) && type.Assembly == typeof(Encoding).Assembly)
        {
            return new EncodingShape();
        }

        if (ComparerShapes.TrySelect(type) is { } comparer)
        {
            return comparer;
        }

        if (type.FullName is "System.Xml.Linq.XName" or "System.Xml.Linq.XNamespace")
        {
            return XmlNameShape.For(type);
        }

        foreach ((Type known, Func<Shape> make) in Known)
        {
            if (known.IsAssignableFrom(type) && type.Assembly == known.Assembly)
            {
                return make();
            }
        }

        return null;
    }
}
