namespace NotebookRunner.Kernels.Protocol;

/// <summary>One line from a kernel.</summary>
/// <remarks>The routing slip lists the kernels that the event has come through, the one that it comes from first.</remarks>
internal sealed record EventEnvelope(EventContent? Event, string? EventType, CommandEnvelope? Command, IReadOnlyList<string>? RoutingSlip = null);
