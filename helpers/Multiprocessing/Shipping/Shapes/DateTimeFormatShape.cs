using System.Globalization;
using System.Reflection;
using Multiprocessing.Shipping.Graph;

namespace Multiprocessing.Shipping.Shapes;

/// <summary>
/// Date formats: everything that a program can set. The rest of the object is a view of its culture's data, which is the same in the worker.
/// </summary>
internal sealed class DateTimeFormatShape : Shape
{
    private static readonly PropertyInfo[] Settings =
    [
        .. typeof(DateTimeFormatInfo).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static property => property.CanRead && property.CanWrite && property.Name != nameof(DateTimeFormatInfo.Calendar)),
    ];

    public override void WriteHead(GraphWriter writer, object value)
    {
        DateTimeFormatInfo format = (DateTimeFormatInfo)value;
        writer.Members.WriteType(format.Calendar.GetType());
        writer.Output.WriteBoolean(format.IsReadOnly);
        foreach (PropertyInfo setting in Settings)
        {
            writer.WriteValue(setting.GetValue(format), setting.PropertyType, setting.Name);
        }
    }

    public override object ReadHead(GraphReader reader, int id)
    {
        Type calendar = reader.Members.ReadType();
        bool isReadOnly = reader.Input.ReadBoolean();
        DateTimeFormatInfo format = new();
        if (calendar != typeof(GregorianCalendar))
        {
            format = CultureOf(calendar).DateTimeFormat;
        }

        List<(PropertyInfo Setting, object? Value)> values = [];
        foreach (PropertyInfo setting in Settings)
        {
            values.Add((setting, reader.ReadValue(setting.PropertyType)));
        }

        // The arrays among the values are filled later than this head is read.
        reader.Complete(typeof(object), () => values.ForEach(entry => entry.Setting.SetValue(format, entry.Value)));
        return isReadOnly ? DateTimeFormatInfo.ReadOnly(format) : format;
    }

    /// <summary>A calendar can only be set where a culture allows it, so take a culture whose calendar it is.</summary>
    private static CultureInfo CultureOf(Type calendar)
    {
        foreach (CultureInfo culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            if (culture.OptionalCalendars.FirstOrDefault(c => c.GetType() == calendar) is { } found)
            {
                CultureInfo own = new(culture.Name);
                own.DateTimeFormat.Calendar = found;
                return own;
            }
        }

        throw new NotSupportedException($"No culture of this machine uses the {calendar.Name}.");
    }
}
