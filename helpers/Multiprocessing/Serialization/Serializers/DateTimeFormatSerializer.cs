using System.Globalization;
using System.Reflection;
using Multiprocessing.Serialization.Graph;

namespace Multiprocessing.Serialization.Serializers;

/// <summary>
/// Date formats: everything that a program can set. The rest of the object is a view of its culture's data, which is the same in the worker.
/// </summary>
internal sealed class DateTimeFormatSerializer : Serializer
{
    private static readonly PropertyInfo? CultureName =
        typeof(DateTimeFormatInfo).GetProperty("CultureName", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly PropertyInfo[] Settings =
    [
        .. typeof(DateTimeFormatInfo).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static property => property.CanRead && property.CanWrite && property.Name != nameof(DateTimeFormatInfo.Calendar)),
    ];

    public override void WriteHead(GraphWriter writer, object value)
    {
        DateTimeFormatInfo format = (DateTimeFormatInfo)value;
        writer.Output.WriteString(CultureName?.GetValue(format) as string ?? "");
        writer.Members.WriteType(format.Calendar.GetType());
        writer.Output.WriteInt32(format.Calendar.TwoDigitYearMax);
        writer.Output.WriteBoolean(format.IsReadOnly);
        foreach (PropertyInfo setting in Settings)
        {
            object? current = setting.GetValue(format);
            if (current is string[] texts)
            {
                WriteAll(writer.Output, texts);
            }
            else if (current is string text)
            {
                writer.Output.WriteString(text);
            }
            else
            {
                writer.WriteValue(current, setting.PropertyType, setting.Name);
            }
        }
    }

    public override object ReadHead(GraphReader reader, int id)
    {
        CultureInfo culture = new(reader.Input.ReadString() ?? "");
        Type calendar = reader.Members.ReadType();
        int twoDigitYearMax = reader.Input.ReadInt32();
        bool isReadOnly = reader.Input.ReadBoolean();
        DateTimeFormatInfo format = culture.DateTimeFormat;
        if (format.Calendar.GetType() != calendar)
        {
            format = WithCalendar(culture, calendar);
        }

        // What year a date like 1/1/60 is in.
        if (format.Calendar.TwoDigitYearMax != twoDigitYearMax)
        {
            format.Calendar.TwoDigitYearMax = twoDigitYearMax;
        }

        foreach (PropertyInfo setting in Settings)
        {
            object? value = setting.PropertyType == typeof(string[]) ? ReadAll(reader.Input)
                : setting.PropertyType == typeof(string) ? reader.Input.ReadString()
                : reader.ReadValue(setting.PropertyType);
            setting.SetValue(format, value);
        }

        return isReadOnly ? DateTimeFormatInfo.ReadOnly(format) : format;
    }

    private static void WriteAll(PayloadWriter output, string[] texts)
    {
        output.WriteCount(texts.Length);
        Array.ForEach(texts, output.WriteString);
    }

    private static string[] ReadAll(PayloadReader input)
    {
        string[] texts = new string[input.ReadCount()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = input.ReadString() ?? "";
        }

        return texts;
    }

    /// <summary>A calendar can only be set where a culture allows it: the format's own, as a rule, or else one whose calendar it is.</summary>
    private static DateTimeFormatInfo WithCalendar(CultureInfo own, Type calendar)
    {
        foreach (CultureInfo culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures).Prepend(own))
        {
            if (culture.OptionalCalendars.FirstOrDefault(c => c.GetType() == calendar) is { } found)
            {
                CultureInfo user = new(culture.Name);
                user.DateTimeFormat.Calendar = found;
                return user.DateTimeFormat;
            }
        }

        throw new NotSupportedException($"No culture of this machine uses the {calendar.Name}.");
    }
}
