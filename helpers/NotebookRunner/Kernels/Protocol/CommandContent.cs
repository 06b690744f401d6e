using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>What a command says; which members there are depends on its type.</summary>
/// <param name="TargetKernelName">The language that it is meant for; null for whichever is the default.</param>
/// <param name="Code">The source that it is about.</param>
/// <param name="OriginUri">The kernel, on the client's side, that it comes from. Its events go back there.</param>
/// <param name="DestinationUri">The kernel, on our side, that it goes to.</param>
/// <param name="LinePosition">The place in the source that it is about.</param>
/// <param name="Name">The variable that it is about.</param>
/// <param name="MimeType">How a value shall be written.</param>
/// <param name="ProcessId">The worker that it is about.</param>
/// <param name="Prompt">What the reader is asked for.</param>
/// <param name="IsPassword">Whether nobody shall see what the reader writes.</param>
/// <param name="InputTypeHint">What kind of input it is: <c>text</c>, <c>password</c>, <c>file</c> ...</param>
/// <param name="Type">The same, as Polyglot Notebooks calls it.</param>
internal sealed record CommandContent(
    string? TargetKernelName = null,
    [property: JsonConverter(typeof(AnyTextConverter))] string? Code = null,
    string? OriginUri = null,
    string? DestinationUri = null,
    PositionContent? LinePosition = null,
    [property: JsonConverter(typeof(AnyTextConverter))] string? Name = null,
    string? MimeType = null,
    int? ProcessId = null,
    [property: JsonConverter(typeof(AnyTextConverter))] string? Prompt = null,
    bool? IsPassword = null,
    string? InputTypeHint = null,
    string? Type = null);
