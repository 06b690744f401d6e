using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NotebookRunner.Jupyter.Wire;

/// <summary>A message of a Jupyter client.</summary>
/// <param name="Channel">Where it has come in.</param>
/// <param name="Identities">The way back to its sender.</param>
/// <param name="Header">Its header as it came: what comes of the message has it as its parent, to the letter.</param>
/// <param name="Content">What it says, as JSON.</param>
/// <param name="Type">Its type, for instance <c>execute_request</c>.</param>
/// <param name="ParentId">The id of the message that it answers; null if it says of none.</param>
internal sealed record ReceivedMessage(ChannelName Channel, IReadOnlyList<byte[]> Identities, byte[] Header, byte[] Content, string Type, string? ParentId)
{
    /// <summary>Reads a message from its frames.</summary>
    /// <returns>Null if it is none, or not one of whoever has the key.</returns>
    internal static ReceivedMessage? Parse(ChannelName channel, IReadOnlyList<byte[]> frames, MessageSignatures signatures)
    {
        int delimiter = frames.ToList().FindIndex(frame => frame.AsSpan().SequenceEqual(MessageFrames.Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 6)
            return null;
        byte[] header = frames[delimiter + 2], parent = frames[delimiter + 3], metadata = frames[delimiter + 4], content = frames[delimiter + 5];
        if (!signatures.Verify(frames[delimiter + 1], header, parent, metadata, content))
            return null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(header), parentJson = JsonDocument.Parse(parent);
            string? parentId = parentJson.RootElement.ValueKind == JsonValueKind.Object && parentJson.RootElement.TryGetProperty("msg_id", out var id) ? id.GetString() : null;
            return json.RootElement.GetProperty("msg_type").GetString() is { } type ? new(channel, [.. frames.Take(delimiter)], header, content, type, parentId) : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What it says.</summary>
    /// <exception cref="JsonException">It says something else.</exception>
    internal T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Content, type) ?? throw new JsonException($"A {Type} says something.");
}
