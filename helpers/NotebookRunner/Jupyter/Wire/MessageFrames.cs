using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Jupyter.Wire;

/// <summary>Makes the frames of the kernel's messages. Thread-safe.</summary>
internal sealed class MessageFrames(MessageSignatures signatures)
{
    /// <summary>The version of the protocol.</summary>
    internal const string ProtocolVersion = "5.5";

    /// <summary>How deep a message may be.</summary>
    internal const int MaxDepth = 256;

    /// <summary>How the JSON of a message is written.</summary>
    internal static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    private readonly string _session = Guid.NewGuid().ToString();

    /// <summary>What stands between the way to a client and the message.</summary>
    internal static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>Makes the frames of one message.</summary>
    /// <param name="identities">The way to its receivers; on IOPub, what they may have subscribed to.</param>
    /// <param name="type">Its type.</param>
    /// <param name="parent">The header of the message that it comes of; null if it comes of none.</param>
    /// <param name="content">What it says.</param>
    /// <param name="id">Its id; null for a new one.</param>
    internal IReadOnlyList<byte[]> Make(IEnumerable<byte[]> identities, string type, byte[]? parent, JsonObject content, string? id = null)
    {
        JsonObject header = new()
        {
            ["msg_id"] = id ?? Guid.NewGuid().ToString(),
            ["session"] = _session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        };
        byte[] headerFrame = Write(header), parentFrame = parent ?? "{}"u8.ToArray(), metadataFrame = "{}"u8.ToArray(), contentFrame = Write(content);
        return
        [
            .. identities,
            Delimiter.ToArray(),
            signatures.Sign(headerFrame, parentFrame, metadataFrame, contentFrame),
            headerFrame,
            parentFrame,
            metadataFrame,
            contentFrame,
        ];
    }

    private static byte[] Write(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Relaxed));
}
