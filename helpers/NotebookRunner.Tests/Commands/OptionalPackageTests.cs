using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Checks;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class OptionalPackageTests : IDisposable
{
    // A registry without packages, so that no network is asked.
    private const string EmptyRegistry = """<configuration><packageSources><clear /><add key="empty" value="." /></packageSources></configuration>""";

    private readonly TemporaryFolder _folder = new();

    public OptionalPackageTests() => _folder.Write("nuget.config", EmptyRegistry);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_needs_a_package_that_cannot_be_restored_is_passed_over_visibly()
    {
        _folder.Write("a.ipynb", Notebook(stored: null));

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--no-handouts");

        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Matches(@"- 2/4 .*\n +skipped: #r ""nuget: No\.Such\.Package\.Of\.Ours, 1\.0\.0"" cannot be restored", result.StandardOutput);
        Assert.Matches(@"- 4/4 .*\n +skipped: it needs the package that code cell 2 could not restore", result.StandardOutput);
        Assert.Matches(@"a\.ipynb +4 +2 +0 +2 .*passed", result.StandardOutput);
        NotebookDocument executed = _folder.Load("a.ipynb");
        Assert.Equal([1, 2, 3, 4], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.StartsWith("Skipped: #r", Assert.IsType<DisplayOutput>(Assert.Single(executed.Cells[1].Outputs)).Data["text/plain"], StringComparison.Ordinal);
        Assert.Equal([new StreamOutput("stdout", "kept\n")], executed.Cells[2].Outputs);
    }

    [Fact]
    public async Task A_notebook_that_has_outputs_of_a_cell_that_is_passed_over_now_stays_as_it_is()
    {
        string stored = Notebook(new StreamOutput("stdout", "made with the package\n"));
        _folder.Write("a.ipynb", stored);

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            "error: a.ipynb: not stored, since the outputs of a notebook are those of one run, and code cell 4 was passed over (it needs the package that code cell 2 could not restore)",
            Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Equal(stored, _folder.Read("a.ipynb"));
        Assert.Equal([new StreamOutput("stdout", "kept\n")], _folder.Load("out", "notebooks", "a.ipynb").Cells[2].Outputs);
    }

    [Fact]
    public async Task A_solution_that_needs_the_package_is_passed_over_visibly()
    {
        JsonObject needs = new() { ["tags"] = new JsonArray("optional-package"), ["needs"] = new JsonArray("No.Such.Package.Of.Ours") };
        const string Exercise = "<details>\n<summary>풀이</summary>\n\n```csharp\n{0}\n```\n\n</details>";
        NotebookDocument notebook = new TestNotebook()
            .Code("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"", "optional-package")
            .Markdown(Exercise.Replace("{0}", "new NoSuchType()", StringComparison.Ordinal), needs)
            .Markdown(Exercise.Replace("{0}", "int found = 1;", StringComparison.Ordinal))
            .ToCompleteDocument();
        _folder.Write("a.ipynb", notebook.ToText());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "check", "a.ipynb", "--solutions");

        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Matches(@"- 1/2 .*\n +skipped: it needs No\.Such\.Package\.Of\.Ours, which code cell 1 could not restore", result.StandardOutput);
        Assert.Matches("✓ 2/2 .*int found", result.StandardOutput);
    }

    private static string Notebook(CellOutput? stored) => new TestNotebook()
        .Code("Console.WriteLine(\"before\");")
        .Code("#r \"nuget: No.Such.Package.Of.Ours, 1.0.0\"\nConsole.WriteLine(\"never\");", "optional-package")
        .Code("Console.WriteLine(\"kept\");")
        .Code("new NoSuchType()", new JsonObject { ["tags"] = new JsonArray("optional-package") }, stored is null ? [] : [stored.ToJson()])
        .ToString();
}
