namespace NotebookRunner.Kernels.Protocol;

/// <summary>A worker process of the notebook's. Ours: .NET Interactive knows of none.</summary>
/// <param name="ProcessId">The operating system's number of the process.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cell">The number of the cell that its function is from; null if it is from none, or has nothing to do.</param>
/// <param name="Task">What a reader calls its function; null if it has nothing to do.</param>
/// <param name="Memory">The memory that it uses, in bytes.</param>
/// <param name="ProcessorTime">How long it has kept a processor busy, in seconds.</param>
internal sealed record WorkerContent(int ProcessId, string Name, string? Cell, string? Task, long Memory, double ProcessorTime);
