namespace Multiprocessing.Tests.Memory;

/// <summary>A piece of memory with a file, or a part of one, in it.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many there are.</param>
internal sealed record MappedRange(string Path, nint Start, long Length);
