using System.Globalization;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>
/// A culture: by its name if it is the one that every process has under that name, else, as <c>new CultureInfo("ko-KR")</c> is, field by field,
/// with all that a program has changed in it.
/// </summary>
internal sealed class CultureSerializer() : FieldsSerializer(typeof(CultureInfo), FieldList.Of(typeof(CultureInfo)))
{
    public override void WriteHead(GraphWriter writer, object value) => writer.Output.WriteString(WellKnownName((CultureInfo)value));

    public override object ReadHead(GraphReader reader) => reader.Input.ReadString() switch
    {
        null => base.ReadHead(reader),
        "" => CultureInfo.InvariantCulture,
        { } name => CultureInfo.GetCultureInfo(name),
    };

    public override void WriteBody(GraphWriter writer, object value)
    {
        if (WellKnownName((CultureInfo)value) is null)
        {
            base.WriteBody(writer, value);
        }
    }

    public override void ReadBody(GraphReader reader, object value)
    {
        // One that was allocated a moment ago has no name yet, and is not read-only.
        if (WellKnownName((CultureInfo)value) is null)
        {
            base.ReadBody(reader, value);
        }
    }

    /// <summary>A culture that is read-only may still be a changed one: only the very object that its name leads to is known to be as it was.</summary>
    private static string? WellKnownName(CultureInfo culture) =>
        !culture.IsReadOnly ? null
        : ReferenceEquals(culture, CultureInfo.InvariantCulture) ? ""
        : ReferenceEquals(culture, CultureInfo.GetCultureInfo(culture.Name)) ? culture.Name

        // The name of its rules for sorting may say more than its own.
        : ReferenceEquals(culture, CultureInfo.GetCultureInfo(culture.CompareInfo.Name)) ? culture.CompareInfo.Name
        : null;
}
