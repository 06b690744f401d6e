namespace NotebookRunner.Kernels.Protocol;

/// <summary>One line from a kernel.</summary>
internal sealed record EventEnvelope(EventContent? Event, string? EventType, CommandEnvelope? Command);
