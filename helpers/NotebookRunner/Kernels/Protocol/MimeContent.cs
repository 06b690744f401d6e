using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>A value as one MIME type.</summary>
internal sealed record MimeContent(
    string MimeType, [property: JsonConverter(typeof(AnyTextConverter))] string? Value, bool SuppressDisplay = false);
