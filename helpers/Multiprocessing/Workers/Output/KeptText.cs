namespace Multiprocessing.Workers.Output;

/// <summary>What a worker printed while nobody waited.</summary>
internal sealed record KeptText(WorkerSession Worker, string Text, bool IsError);
