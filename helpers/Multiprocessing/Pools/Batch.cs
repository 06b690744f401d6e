using System.Globalization;

namespace Multiprocessing.Pools;

/// <summary>Inputs of a call that follow each other and go to one worker together. They are kept, since they are needed again if that dies.</summary>
/// <param name="first">The index of the first input.</param>
/// <param name="inputs">An array that they are in; null for the one of a call without inputs.</param>
/// <param name="start">Where in the array.</param>
/// <param name="count">How many there are.</param>
internal sealed class Batch(long first, Array? inputs, int start, int count)
{
    private const int LongestText = 60;

    public long First => first;

    /// <summary>How many there are: fewer when some were taken back.</summary>
    public int Count { get; set; } = count;

    /// <summary>How many inputs its worker had been given before.</summary>
    public long Place { get; set; }

    /// <summary>For how many of them, from the first on, it is known what became of them.</summary>
    public int Answered { get; set; }

    /// <summary>How many workers have died of it, as far as is known: while they read it, or before they had taken up anything of its call.</summary>
    public int Attempts { get; init; }

    /// <summary>The inputs.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public ReadOnlySpan<T> Inputs<T>() => new((T[])inputs!, start, Count);

    /// <summary>A part of it, to be given to another worker.</summary>
    public Batch Part(int from, int length, int attempts) => new(First + from, inputs, start + from, length) { Attempts = attempts };

    /// <summary>Names an input in a message.</summary>
    public string Describe(long index)
    {
        object? value = inputs!.GetValue(start + (int)(index - First));
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
        string shown = text.Length > LongestText ? string.Concat(text.AsSpan(0, LongestText), "…") : text;
        return string.Create(CultureInfo.InvariantCulture, $"input {index} ({shown})");
    }
}
