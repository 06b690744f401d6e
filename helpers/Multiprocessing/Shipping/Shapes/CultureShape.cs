using System.Globalization;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>A culture: by its name, and for one that may have been changed, its formats too.</summary>
internal sealed class CultureShape : Shape
{
    public override void WriteHead(GraphWriter writer, object value)
    {
        CultureInfo culture = (CultureInfo)value;
        // The name of its rules for sorting, which may say more than its own.
        writer.Output.WriteString(culture.CompareInfo.Name);
        writer.Output.WriteBoolean(culture.IsReadOnly);
        if (!culture.IsReadOnly)
        {
            writer.WriteReference(culture.NumberFormat, nameof(CultureInfo.NumberFormat));
            writer.WriteReference(culture.DateTimeFormat, nameof(CultureInfo.DateTimeFormat));
        }
    }

    public override object ReadHead(GraphReader reader, int id)
    {
        string name = reader.Input.ReadString()!;
        if (reader.Input.ReadBoolean())
        {
            return CultureInfo.GetCultureInfo(name);
        }

        CultureInfo culture = new(name);
        reader.Register(id, culture);
        culture.NumberFormat = (NumberFormatInfo)reader.ReadReference()!;
        culture.DateTimeFormat = (DateTimeFormatInfo)reader.ReadReference()!;
        return culture;
    }
}
