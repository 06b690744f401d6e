using System.Reflection;

namespace Multiprocessing.Benchmarks.Queues;

/// <summary>Cloudtoid.Interprocess, a queue of bytes between .NET processes, which is compared with where somebody has it: nothing of it is here.</summary>
/// <param name="file">Its assembly, with what it needs beside it; null if it is not to be compared with.</param>
internal sealed class InterprocessPeer(FileInfo? file)
{
    public const string Name = "Interprocess";

    /// <summary>Why it is not here; null if it is. What its authors say of their own is no figure of this machine.</summary>
    public string? WhyMissing => file is { Exists: true }
        ? null
        : $"{(file is null ? "not given (--interprocess FILE names a Cloudtoid.Interprocess.dll)" : $"there is no '{file}'")}; its own page says some 250 ns on Linux, 300 on Windows, 650 on macOS, for a message of 3 bytes";

    /// <summary>Which it is; null if it is not here.</summary>
    public string? Version => WhyMissing is null ? AssemblyName.GetAssemblyName(file!.FullName).Version?.ToString() : null;

    /// <summary>Makes a queue.</summary>
    /// <exception cref="InvalidOperationException">The file is something else.</exception>
    public InterprocessQueue Create() => new(Assembly.LoadFrom(file!.FullName));
}
