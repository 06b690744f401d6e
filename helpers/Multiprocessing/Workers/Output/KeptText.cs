namespace Multiprocessing.Workers.Output;

/// <summary>What a worker printed while nobody waited.</summary>
internal sealed record KeptText(string Text, bool IsError);
