using System.Text.Json.Serialization;

namespace NotebookRunner.Kernels.Protocol;

/// <summary>What an event says; which members there are depends on its type.</summary>
/// <remarks>Ours alone are the workers, the mark on stderr, and, of an answer to a question, whether the client shows it among the cell's outputs itself.</remarks>
internal sealed record EventContent(
    IReadOnlyList<MimeContent>? FormattedValues = null,
    string? ValueId = null,
    [property: JsonConverter(typeof(AnyTextConverter))] string? Message = null,
    IReadOnlyList<KernelInfoContent>? KernelInfos = null,
    KernelInfoContent? KernelInfo = null,
    IReadOnlyList<DiagnosticContent>? Diagnostics = null,
    IReadOnlyList<MimeContent>? FormattedDiagnostics = null,
    IReadOnlyList<CompletionContent>? Completions = null,
    IReadOnlyList<MimeContent>? Content = null,
    SpanContent? LinePositionSpan = null,
    IReadOnlyList<SignatureContent>? Signatures = null,
    int? ActiveSignatureIndex = null,
    int? ActiveParameterIndex = null,
    [property: JsonConverter(typeof(AnyTextConverter))] string? Value = null,
    IReadOnlyList<ValueInfoContent>? ValueInfos = null,
    string? Name = null,
    MimeContent? FormattedValue = null,
    IReadOnlyList<WorkerContent>? Workers = null,
    string? StandardErrorMark = null,
    bool? IsShown = null);
