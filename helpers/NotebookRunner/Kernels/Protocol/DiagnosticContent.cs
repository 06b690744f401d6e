using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>What the compiler finds fault with.</summary>
/// <param name="LinePositionSpan">Where it is.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Code">The compiler's number for it, for instance <c>CS0103</c>.</param>
/// <param name="Message">What it is.</param>
internal sealed record DiagnosticContent(
    SpanContent LinePositionSpan, string Severity, string Code, [property: JsonConverter(typeof(AnyTextConverter))] string Message);
