using NotebookRunner.Documents;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Documents;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Links need a right on Windows that few have.
    [UnixFact]
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

    [WindowsFact]
    public async Task A_file_that_another_program_has_open_is_replaced_when_it_lets_go()
    {
        string path = _folder.Write("a.txt", "old");
        Task writing;
        using (File.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            writing = Task.Run(() => AtomicFile.WriteAllText(path, "new"));
            await Task.Delay(300);
            Assert.False(writing.IsCompleted);
        }

        await writing;
        Assert.Equal("new", _folder.Read("a.txt"));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [WindowsFact]
    public void Of_a_file_that_stays_open_neither_the_old_content_nor_the_new_is_lost_and_one_line_says_where_it_is()
    {
        string path = _folder.Write("가 나.ipynb", "old");
        string printed = _folder.Write("printed.pdf", "printed");
        foreach (var (share, write, text) in ((FileShare, Action, string)[])
            [(FileShare.None, () => AtomicFile.WriteAllText(path, "new"), "new"), (FileShare.Read, () => AtomicFile.Replace(path, printed), "printed")])
        {
            using var reader = File.Open(path, FileMode.Open, FileAccess.Read, share);

            string message = Assert.Throws<InvalidInputException>(write).Message;

            Assert.Contains($"{path}: is open in another program", message, StringComparison.Ordinal);
            Assert.Contains($"{path}.new", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
            Assert.Equal(text, _folder.Read("가 나.ipynb.new"));
        }

        Assert.Equal("old", _folder.Read("가 나.ipynb"));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);

        // What was kept goes when the file could be replaced.
        AtomicFile.WriteAllText(path, "newer");
        Assert.Equal("newer", _folder.Read("가 나.ipynb"));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }
}
