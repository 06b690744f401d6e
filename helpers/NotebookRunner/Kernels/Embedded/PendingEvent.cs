using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>An event that waits to be sent; as long as it does, <paramref name="Text"/> can grow.</summary>
internal sealed record PendingEvent(EventEnvelope Envelope, StringBuilder? Text)
{
    /// <summary>The event as it goes out.</summary>
    public EventEnvelope ToEnvelope() =>
        Text is null ? Envelope : Envelope with { Event = new([new(PlainTextFormatter.MimeType, Text.ToString())]) };
}
