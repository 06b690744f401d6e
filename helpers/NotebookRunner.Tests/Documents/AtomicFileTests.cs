using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Documents;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_keeps_its_permissions()
    {
        string path = _folder.Write("a.txt", "old and longer");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["link.txt"], path);

        AtomicFile.WriteAllText(_folder["link.txt"], "새 글");

        Assert.Equal("새 글"u8.ToArray(), File.ReadAllBytes(path));
        Assert.NotNull(File.ResolveLinkTarget(_folder["link.txt"], returnFinalTarget: false));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(2, Directory.EnumerateFiles(_folder.Path).Count());
    }
}
