using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class InvalidInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gone.ipynb", "gone.ipynb: no such file or folder.")]
    [InlineData(".", ".: no notebooks (*.ipynb) in this folder.")]
    [InlineData("run --timeout never", "never")]
    [InlineData("run --timeout -1", "--timeout is a number of seconds")]
    [InlineData("run --kernal embedded", "There is no option --kernal")]
    [InlineData("export --in-place", "--in-place")]
    [InlineData("check gone.ipynb", "gone.ipynb: no such file or folder.")]
    [InlineData("check --out here", "There is no option --out")]
    [InlineData("", "There is no folder 'notebooks' here or above.")]
    public async Task A_command_line_that_cannot_be_followed_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        AssertRefused(result, expected);
    }

    [Fact]
    public async Task A_kernel_that_is_not_there_is_named_in_one_line()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("1").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--kernel", "no-such-kernel --stdio");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot start the kernel 'no-such-kernel", Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_notebooks_that_we_run_are_named_each_in_one_line()
    {
        _folder.Write("1-json.ipynb", "{\n]");
        _folder.Write("2-old.ipynb", """{"nbformat": 3}""");
        _folder.Write("3-python.ipynb", new TestNotebook().Code("1").ToString().Replace("\"csharp\"", "\"python\"", StringComparison.Ordinal));
        _folder.Write("4-empty.ipynb", new TestNotebook().Markdown("nothing to run").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, ".");

        Assert.Equal(2, result.ExitCode);
        Assert.Collection(
            result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("error: ", line, StringComparison.Ordinal),
            line => Assert.Contains("2-old.ipynb: nbformat 3 is not read here", line, StringComparison.Ordinal),
            line => Assert.Contains("3-python.ipynb: cell 1 is in 'python'", line, StringComparison.Ordinal));
        Assert.Contains("1-json.ipynb: not JSON (line 2)", result.StandardError, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out", "notebooks", "4-empty.ipynb"]), "the good one is run nevertheless");
    }

    [Fact]
    public async Task A_folder_for_results_that_cannot_be_written_is_named_before_anything_runs()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("1").ToString());
        _folder.Write("occupied", "a file");

        AssertRefused(await RunnerProgram.RunAsync(_folder.Path, "a.ipynb", "--out", "occupied"), "cannot be written");
        AssertRefused(await RunnerProgram.RunAsync(_folder.Path, "export", "a.ipynb", "--out", "occupied"), "cannot be written");
    }

    [Fact]
    public async Task Two_notebooks_of_one_name_are_refused()
    {
        _folder.Write("a/x.ipynb", new TestNotebook().ToString());
        _folder.Write("b/x.ipynb", new TestNotebook().ToString());

        AssertRefused(await RunnerProgram.RunAsync(_folder.Path, "a", "b"), "would be written to one place");
    }

    [Fact]
    public async Task Help_and_version_are_not_errors()
    {
        ProgramResult help = await RunnerProgram.RunAsync(_folder.Path, "--help");
        ProgramResult check = await RunnerProgram.RunAsync(_folder.Path, "check", "--help");
        ProgramResult kernel = await RunnerProgram.RunAsync(_folder.Path, "kernel", "--help");
        ProgramResult version = await RunnerProgram.RunAsync(_folder.Path, "--version");

        Assert.Equal((0, 0), (help.ExitCode, version.ExitCode));
        Assert.Contains("export", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("\n  notebook-runner [command]", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("\"timing\": {\"min\": 0.8, \"max\": 2}", check.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("\"timing\"", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--working-dir", kernel.StandardOutput, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+", version.StandardOutput);
    }

    private static void AssertRefused(ProgramResult result, string expected)
    {
        Assert.Equal(2, result.ExitCode);
        string line = Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Empty(result.StandardOutput);
    }
}
