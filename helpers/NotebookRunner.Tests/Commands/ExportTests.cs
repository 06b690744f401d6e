using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_notebooks_becomes_a_folder_of_pages_and_the_notebooks_stay_as_they_are()
    {
        string notebook = new TestNotebook().Markdown("# 가\n\n![x](gone.png)").Code("never run").ToString();
        _folder.Write("notebooks/a.ipynb", notebook);
        _folder.Write("notebooks/b.ipynb", new TestNotebook().Markdown("나").ToString());
        Directory.CreateDirectory(_folder["notebooks", "deep"]);

        // From inside: the repository is found upward.
        ProgramResult result = await RunnerProgram.RunAsync(_folder["notebooks", "deep"], "export");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("<h1 id=\"가\">", _folder.Read("out", "handouts", "a.html"), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", "handouts", "b.html"]));
        Assert.Contains("a.html (never run: without outputs)", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("warning: ", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("gone.png", result.StandardError, StringComparison.Ordinal);
        Assert.Equal(notebook, _folder.Read("notebooks", "a.ipynb"));
        Assert.Equal(
            ["a.html", "b.html", "index.html", "notebooks.html"], Directory.EnumerateFiles(_folder["out", "handouts"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_notebook_in_another_language_can_be_exported()
    {
        string notebook = new TestNotebook().Code("print('<안녕>')").ToString().Replace("\"csharp\"", "\"python\"", StringComparison.Ordinal);
        _folder.Write("python.ipynb", notebook);

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "export", "python.ipynb", "--out", "pages");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("print('&lt;안녕&gt;')", _folder.Read("pages", "handouts", "python.html"), StringComparison.Ordinal);
    }
}
