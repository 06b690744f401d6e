using System.Text;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>An event that waits to be sent; as long as it does, <paramref name="Text"/> can grow.</summary>
internal sealed record PendingEvent(EventEnvelope Envelope, StringBuilder? Text) : PendingLine
{
    /// <inheritdoc/>
    public override byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        Text is null ? Envelope : Envelope with { Event = new([new(PlainTextFormatter.MimeType, Text.ToString())]) },
        ProtocolJson.Relaxed.EventEnvelope);
}
