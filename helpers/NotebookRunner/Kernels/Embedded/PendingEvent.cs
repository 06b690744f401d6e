using System.Text;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>An event that waits to be sent; as long as it does, <paramref name="Text"/> can grow.</summary>
internal sealed record PendingEvent(EventEnvelope Envelope, StringBuilder? Text) : PendingLine
{
    /// <inheritdoc/>
    public override long Size => base.Size + (Text?.Length ?? 0) + (Envelope.Event?.FormattedValues?.Sum(value => (long)(value.Value?.Length ?? 0)) ?? 0);

    /// <inheritdoc/>
    public override byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        Text is null ? Envelope : Envelope with { Event = new([new(PlainTextFormatter.MimeType, Text.ToString())]) },
        ProtocolJson.Relaxed.EventEnvelope);
}
