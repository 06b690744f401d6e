namespace Multiprocessing.Tests.Workers;

/// <summary>The temporary folder of a program that is started with one of its own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mp-test-");

    public string Path => _folder.FullName;

    /// <summary>What is in it, but for what the runtime leaves there of a program that is killed, and for its shared memory where that is there, which the next program sweeps.</summary>
    public string[] Left() =>
    [
        .. _folder.GetFileSystemInfos().Select(static file => file.Name).Where(static name =>
            !name.StartsWith("dotnet-diagnostic", StringComparison.Ordinal) && !name.StartsWith("clr-debug-pipe", StringComparison.Ordinal)
            && (OperatingSystem.IsLinux() || !name.StartsWith("multiprocessing-", StringComparison.Ordinal))),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
