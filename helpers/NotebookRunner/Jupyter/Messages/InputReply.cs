using System.Text.Json.Serialization;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Jupyter.Messages;

/// <summary>What the reader has answered.</summary>
/// <param name="Value">A line.</param>
/// <param name="Status"><c>ok</c>, or <c>error</c> if there is no answer; null is taken for <c>ok</c>.</param>
internal sealed record InputReply([property: JsonConverter(typeof(AnyTextConverter))] string? Value, string? Status = null);
