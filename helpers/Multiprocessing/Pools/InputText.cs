using System.Globalization;

namespace Multiprocessing.Pools;

/// <summary>Names an input in a message.</summary>
internal static class InputText
{
    private const int Longest = 60;

    public static string Of(long index, object? value)
    {
        string text;
        try
        {
            text = value switch
            {
                null => "null",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
        }
#pragma warning disable CA1031 // The text is an extra; whatever the value's own code does, the error that is being told comes first.
        catch (Exception)
#pragma warning restore CA1031
        {
            text = value!.GetType().Name;
        }

        text = text.ReplaceLineEndings(" ");
        string shown = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
        return string.Create(CultureInfo.InvariantCulture, $"input {index} ({shown})");
    }
}
