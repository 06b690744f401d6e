namespace Multiprocessing.Connections.Output;

/// <summary>Text that a worker has printed.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Text">The text.</param>
/// <param name="IsError">Whether it was meant for the error stream.</param>
internal sealed record WorkerText(WorkerConnection Worker, string Text, bool IsError);
