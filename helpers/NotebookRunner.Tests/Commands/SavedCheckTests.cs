using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Checks;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Commands;

public sealed class SavedCheckTests : IDisposable
{
    private const string Code = "System.IO.File.WriteAllText(\"ran.txt\", \"\");";

    private readonly TemporaryFolder _folder = new();

    public SavedCheckTests()
    {
        _folder.Write("notebooks/a.ipynb", Notebook("1"));
        _folder.Write("notebooks/b.ipynb", Notebook("2"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_saved_notebook_is_compared_with_the_stored_one_of_its_name_and_nothing_runs()
    {
        _folder.Write("saved/a.ipynb", Notebook("1"));

        ProgramResult same = await CheckAsync("--saved", "saved/a.ipynb");
        _folder.Write("saved/a.ipynb", Notebook("3"));
        ProgramResult other = await CheckAsync("--saved", "saved/a.ipynb");

        Assert.Equal((0, "", "✓ saved/a.ipynb\n"), (same.ExitCode, same.StandardError, same.StandardOutput));
        Assert.Equal(1, other.ExitCode);
        Assert.StartsWith(
            "error: saved/a.ipynb: code cell 1 (System.IO.File.WriteAllText(\"ran.txt\", \"\");): the output differs from that in notebooks/a.ipynb",
            other.StandardError, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "ran.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_folder_of_saved_notebooks_has_to_hold_all_that_are_stored()
    {
        _folder.Write("saved/a.ipynb", Notebook("1"));

        ProgramResult one = await CheckAsync("--saved", "saved");
        _folder.Write("saved/b.ipynb", Notebook("2"));
        ProgramResult both = await CheckAsync("--saved", "saved", "notebooks");

        Assert.Equal((1, "error: notebooks/b.ipynb: is not among the saved notebooks in saved\n"), (one.ExitCode, one.StandardError));
        Assert.Equal((0, ""), (both.ExitCode, both.StandardError));
    }

    [Fact]
    public async Task The_stored_one_may_be_named()
    {
        _folder.Write("before.ipynb", Notebook("1"));

        ProgramResult result = await CheckAsync("--saved", "notebooks/a.ipynb", "before.ipynb");

        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
    }

    [Fact]
    public async Task A_notebook_that_was_passed_over_for_want_of_a_package_is_told()
    {
        string Make(string output) => new TestNotebook()
            .Code("#r \"nuget: No.Such, 1.0\"", new() { ["tags"] = new JsonArray("optional-package") }, output.Length == 0 ? [] : [Printed(output).ToJson()])
            .ToCompleteDocument().ToText();
        _folder.Write("stored.ipynb", Make("restored"));
        _folder.Write("saved.ipynb", Make("").Replace(
            "\"outputs\": []",
            "\"outputs\": [" + new ErrorOutput("Error", "error NU1101: no such package", []).ToJson().ToJsonString() + "]",
            StringComparison.Ordinal));

        ProgramResult result = await CheckAsync("--saved", "saved.ipynb", "stored.ipynb");

        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
        Assert.Contains("not compared: #r \"nuget: No.Such, 1.0\" cannot be restored", result.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--saved gone.ipynb", "gone.ipynb: no such file or folder.")]
    [InlineData("--saved other.ipynb", "other.ipynb: there is no stored notebook of this name.")]
    [InlineData("--saved notebooks/a.ipynb", "notebooks/a.ipynb: is the stored notebook itself.")]
    [InlineData("--saved broken.ipynb notebooks/a.ipynb", "broken.ipynb: not JSON (line 2)")]
    [InlineData("--saved other.ipynb broken.ipynb", "broken.ipynb: not JSON (line 2)")]
    [InlineData("--saved other.ipynb --static", "--saved runs nothing, so it goes without --static.")]
    [InlineData("--saved other.ipynb --kernel embedded", "--saved runs nothing, so it goes without --kernel.")]
    [InlineData("--saved", "--saved")]
    public async Task What_cannot_be_compared_is_one_line_and_exit_code_2(string arguments, string expected)
    {
        _folder.Write("other.ipynb", Notebook("1"));
        _folder.Write("broken.ipynb", "{\n]");

        ProgramResult result = await CheckAsync(arguments.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_what_is_passed_over()
    {
        ProgramResult result = await CheckAsync("--help");

        Assert.Matches(@"(?s)--saved <FILE>.*when\s+a\s+cell\s+ran", result.StandardOutput);
    }

    private static string Notebook(string output) => new TestNotebook().Code(Code, [], Printed(output).ToJson()).ToCompleteDocument().ToText();

    private Task<ProgramResult> CheckAsync(params string[] arguments) => RunnerProgram.RunAsync(_folder.Path, ["check", .. arguments]);
}
