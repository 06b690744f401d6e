using System.Globalization;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>
/// The order in which VS Code writes the keys of a notebook's objects, whatever the order in which it read them: sorted by their UTF-16 code units, as Jupyter
/// sorts them, after those that are whole numbers. A notebook that is stored so is not changed by being opened and saved.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    internal static readonly KeyOrder Instance = new();

    private KeyOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => (IndexOf(x), IndexOf(y)) switch
    {
        ({ } left, { } right) => left.CompareTo(right),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => string.CompareOrdinal(x, y),
    };

    /// <summary>Sorts the keys of the object, or of the objects in the list, and of all that is in it.</summary>
    internal static void Apply(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
                Apply(item);
        }
        else if (node is JsonObject json)
        {
            KeyValuePair<string, JsonNode?>[] entries = [.. json.OrderBy(entry => entry.Key, Instance)];
            json.Clear();
            foreach (var (key, value) in entries)
            {
                Apply(value);
                json.Add(key, value);
            }
        }
    }

    /// <summary>Finds a key that stands after one that it belongs before.</summary>
    /// <returns>The first such key; null if all are sorted.</returns>
    internal static string? FindMisplaced(JsonNode? node)
    {
        if (node is JsonArray array)
            return array.Select(FindMisplaced).FirstOrDefault(key => key is not null);
        if (node is not JsonObject json)
            return null;
        string? before = null;
        foreach (var (key, value) in json)
        {
            if (before is not null && Instance.Compare(before, key) > 0)
                return key;
            if (FindMisplaced(value) is { } misplaced)
                return misplaced;
            before = key;
        }

        return null;
    }

    // What JavaScript takes for the index of an array: it puts such keys first, and by their size.
    private static uint? IndexOf(string? key) =>
        uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out uint index) && index < uint.MaxValue
        && index.ToString(CultureInfo.InvariantCulture) == key
            ? index
            : null;
}
