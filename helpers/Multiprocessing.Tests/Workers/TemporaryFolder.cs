namespace Multiprocessing.Tests.Workers;

/// <summary>The temporary folder of a program that is started with one of its own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mp-test-");

    public string Path => _folder.FullName;

    /// <summary>What is in it, but for what the runtime leaves there of a program that is killed.</summary>
    public string[] Left() =>
    [
        .. _folder.GetFileSystemInfos().Select(static file => file.Name).Where(static name =>
            !name.StartsWith("dotnet-diagnostic", StringComparison.Ordinal) && !name.StartsWith("clr-debug-pipe", StringComparison.Ordinal)),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
