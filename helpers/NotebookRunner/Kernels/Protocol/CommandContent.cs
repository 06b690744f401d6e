using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>What a command says.</summary>
internal sealed record CommandContent(
    string? TargetKernelName = null, [property: JsonConverter(typeof(AnyTextConverter))] string? Code = null);
