using System.Globalization;
using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>A culture: by its name, and unless it is the one that every process has under that name, its formats too.</summary>
internal sealed class CultureSerializer : Serializer
{
    private static readonly FieldInfo? IsReadOnly = typeof(CultureInfo).GetField("_isReadOnly", BindingFlags.Instance | BindingFlags.NonPublic);

    public override void WriteHead(GraphWriter writer, object value)
    {
        CultureInfo culture = (CultureInfo)value;
        string? wellKnown = WellKnownName(culture);
        writer.Output.WriteBoolean(wellKnown is not null);

        // The name of its rules for sorting, which may say more than its own.
        writer.Output.WriteString(wellKnown ?? culture.CompareInfo.Name);
        if (wellKnown is null)
        {
            writer.Output.WriteBoolean(culture.IsReadOnly);
            writer.Output.WriteString(culture.TextInfo.ListSeparator);
            writer.WriteReference(culture.NumberFormat, nameof(CultureInfo.NumberFormat));
            writer.WriteReference(culture.DateTimeFormat, nameof(CultureInfo.DateTimeFormat));
        }
    }

    public override object ReadHead(GraphReader reader, int id)
    {
        bool isWellKnown = reader.Input.ReadBoolean();
        string name = reader.Input.ReadString()!;
        if (isWellKnown)
        {
            return name.Length == 0 ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(name);
        }

        bool isReadOnly = reader.Input.ReadBoolean();
        string listSeparator = reader.Input.ReadString()!;
        CultureInfo culture = new(name);
        culture.TextInfo.ListSeparator = listSeparator;
        culture.NumberFormat = (NumberFormatInfo)reader.ReadReference()!;
        culture.DateTimeFormat = (DateTimeFormatInfo)reader.ReadReference()!;
        if (isReadOnly)
        {
            // Not by CultureInfo.ReadOnly: it makes copies of the formats, and what is in those has yet to come.
            IsReadOnly?.SetValue(culture, true);
        }

        return culture;
    }

    /// <summary>A culture that is read-only may still be a changed one: only the very object that its name leads to is known to be as it was.</summary>
    private static string? WellKnownName(CultureInfo culture) =>
        !culture.IsReadOnly ? null
        : ReferenceEquals(culture, CultureInfo.InvariantCulture) ? ""
        : ReferenceEquals(culture, CultureInfo.GetCultureInfo(culture.Name)) ? culture.Name
        : ReferenceEquals(culture, CultureInfo.GetCultureInfo(culture.CompareInfo.Name)) ? culture.CompareInfo.Name
        : null;
}
