using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>Reading and changing notebook JSON whose shape is only hoped for.</summary>
internal static class JsonObjectExtensions
{
    extension(JsonObject json)
    {
        /// <summary>The object below this key; null if there is none, or something else.</summary>
        internal JsonObject? ObjectAt(string key) => json[key] as JsonObject;

        /// <summary>The string below this key; null if there is none, or something else.</summary>
        internal string? StringAt(string key) =>
            json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

        /// <summary>The whole number below this key; null if there is none, or something else.</summary>
        internal int? NumberAt(string key) =>
            json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

        /// <summary>Sets a value; a new key goes where Jupyter, which sorts keys, would write it.</summary>
        internal void SetInOrder(string key, JsonNode? value)
        {
            if (json.ContainsKey(key))
            {
                json[key] = value;
                return;
            }

            int index = 0;
            foreach (var (other, _) in json)
            {
                if (string.CompareOrdinal(other, key) > 0)
                    break;
                index++;
            }

            json.Insert(index, key, value);
        }
    }
}
