using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

public sealed class NotebookFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NotebookFilesTests()
    {
        foreach (string name in (string[])["30-1.ipynb", "30-2.ipynb", "30-10.ipynb", ".30-3.ipynb", "chapter.json"])
            _folder.Write(name, "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.ipynb", "30-1.ipynb 30-2.ipynb 30-10.ipynb")]
    [InlineData("30-?.ipynb", "30-1.ipynb 30-2.ipynb")]
    [InlineData("30-10*", "30-10.ipynb")]
    [InlineData("30-2.ipynb", "30-2.ipynb")]
    public void A_pattern_stands_for_the_files_that_match_it_in_numeric_order_since_not_every_shell_sees_to_that(string pattern, string expected) =>
        Assert.Equal(expected, string.Join(' ', Find(pattern).Select(file => Path.GetFileName(file.FullPath))));

    [Theory]
    [InlineData("31-*.ipynb")]
    [InlineData("gone/*.ipynb")]
    public void One_that_matches_nothing_is_told_as_it_was_written(string pattern)
    {
        string path = _folder[pattern];
        Assert.Equal($"{path}: no such file or folder.", Assert.Throws<InvalidInputException>(() => NotebookFiles.Find([path])).Message);
    }

    [Fact]
    public void What_is_named_twice_is_there_once() => Assert.Equal(3, NotebookFiles.Find([_folder["30-2.ipynb"], _folder["*.ipynb"], _folder.Path]).Count);

    [WindowsFact]
    public void A_name_in_other_capitals_is_that_of_the_file()
    {
        _folder.Write("Notes.ipynb", "");
        Assert.Equal("Notes", Assert.Single(NotebookFiles.Find([_folder["notes.IPYNB"], _folder["NOTES.ipynb"]])).Name);
    }

    private IReadOnlyList<NotebookFile> Find(string pattern) => NotebookFiles.Find([_folder[pattern]]);
}
