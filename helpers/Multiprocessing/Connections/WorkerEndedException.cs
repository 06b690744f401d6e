namespace Multiprocessing.Connections;

/// <summary>A worker ended while it sent a large array. How, its end tells.</summary>
internal sealed class WorkerEndedException() : IOException("The worker ended while it sent a large array.");
