using System.Text.Json.Serialization;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Jupyter.Messages;

/// <summary>A question about a cell that is being written.</summary>
/// <param name="Code">The cell so far.</param>
/// <param name="CursorPos">The place that it is about, in Unicode code points; null for the end.</param>
internal sealed record CodeRequest([property: JsonConverter(typeof(AnyTextConverter))] string? Code, int? CursorPos = null);
