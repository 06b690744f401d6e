using System.Globalization;

namespace Multiprocessing.Serialization.Graph;

/// <summary>The place of an element that has a key. The key's text is made for a message only: it may be long, slow, or an error.</summary>
internal sealed class ElementKey(object? key)
{
    private const int LongestText = 40;

    public override string ToString()
    {
        string text;
        try
        {
            text = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
        }
#pragma warning disable CA1031 // The key's own code must not hide what the message is about.
        catch (Exception)
#pragma warning restore CA1031
        {
            text = key!.GetType().Name;
        }

        text = text.ReplaceLineEndings(" ");
        return $"[{(text.Length > LongestText ? text[..LongestText] + "…" : text)}]";
    }
}
