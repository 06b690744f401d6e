using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Checks;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_whose_outputs_are_those_of_its_cells_passes_and_no_file_is_written()
    {
        string notebook = new TestNotebook()
            .Markdown("# 제목\n\n[여기](#제목)")
            .Code("Console.WriteLine($\"{Guid.NewGuid()} {Environment.CurrentDirectory}\");", [], Printed("00000000-0000-0000-0000-000000000001 …/notebooks").ToJson())
            .Code("Console.WriteLine(\"b\"); Console.WriteLine($\"{Environment.TickCount64 % 3 + 0.5} s\");", Tags("any-order", "timing"), Printed("1.5 s", "b").ToJson())
            .Code("throw new Exception(\"on purpose\");", ExpectedFailure("on purpose"), OnPurpose().ToJson())
            .ToCompleteDocument().ToText();
        _folder.Write("notebooks/a.ipynb", notebook);

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "check");

        Assert.True(result.ExitCode == 0, result.StandardError + result.StandardOutput);
        Assert.Empty(result.StandardError);
        Assert.Matches(@"✓ +1/3 ", result.StandardOutput);
        Assert.Matches(@"notebooks/a\.ipynb +3 +3 +0 +0 .*passed", result.StandardOutput);
        Assert.Equal(notebook, _folder.Read("notebooks", "a.ipynb"));
        Assert.Equal([_folder["notebooks"]], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal([_folder["notebooks", "a.ipynb"]], Directory.EnumerateFileSystemEntries(_folder["notebooks"]));
    }

    [Fact]
    public async Task Outputs_of_which_only_the_beginning_and_the_end_are_stored_are_compared_as_they_are_stored()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Markdown("# 제목")
            .Code("for (int i = 0; i < 250_000; i++) Console.WriteLine(i);")
            .Code("for (int i = 0; i < 250_000; i++) Console.WriteLine(i + 0.5);", "any-order", "timing")
            .ToCompleteDocument().ToText());

        Assert.Equal(0, (await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--no-handouts")).ExitCode);
        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "check", "a.ipynb");

        Assert.True(result.ExitCode == 0, result.StandardError + result.StandardOutput);
    }

    [Fact]
    public async Task Solutions_of_exercises_run_after_the_cells_if_they_are_asked_for()
    {
        const string Exercise = "<details>\n<summary>풀이</summary>\n\n```csharp\n{0}\n```\n\n</details>\n\n```csharp\nthis is no solution\n```\n";
        _folder.Write("a.ipynb", new TestNotebook()
            .Markdown(Exercise.Replace("{0}", "string solution = $\"{cell < 2 && true}\";", StringComparison.Ordinal))
            .Code("int cell = 1;")
            .Markdown(Exercise.Replace("{0}", "Console.Write(solution);\nthrow new Exception(\"wrong\");", StringComparison.Ordinal))
            .ToCompleteDocument().ToText());

        ProgramResult without = await RunnerProgram.RunAsync(_folder.Path, "check", ".");
        ProgramResult with = await RunnerProgram.RunAsync(_folder.Path, "check", ".", "--solutions");

        Assert.Equal(0, without.ExitCode);
        Assert.Equal(1, with.ExitCode);
        Assert.Equal("error: a.ipynb: solution 2 (Console.Write(solution);): System.Exception: wrong\n", with.StandardError);
        Assert.Matches("✓ 1/2 .*string solution", with.StandardOutput);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_with_its_place()
    {
        NotebookDocument notebook = new TestNotebook()
            .Markdown("![그림](gone.svg)")
            .Code("Console.WriteLine(\"new\");", [], Printed("old").ToJson())
            .Code("Console.WriteLine(2);", [], Printed("2").ToJson())
            .Code("throw new Exception(\"bang\");", ExpectedFailure("on purpose"), OnPurpose().ToJson())
            .Code("Console.WriteLine(\"never\");", [], Printed("never").ToJson())
            .ToCompleteDocument();
        notebook.Cells[2].ExecutionCount = 9;
        _folder.Write("a.ipynb", notebook.ToText());
        _folder.Write("b.ipynb", new TestNotebook().Code("Environment.Exit(7);").ToCompleteDocument().ToText());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "check", ".");

        Assert.Equal(1, result.ExitCode);
        Assert.Collection(
            result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("error: a.ipynb: code cell 2 (Console.WriteLine(2);): has the execution count 9 instead of 2", line, StringComparison.Ordinal),
            line => Assert.StartsWith("error: a.ipynb: cell 1 (![그림](gone.svg)): the image 'gone.svg' leads to no image", line, StringComparison.Ordinal),
            line => Assert.StartsWith("error: a.ipynb: code cell 1 (Console.WriteLine(\"new\");): the output differs", line, StringComparison.Ordinal),
            line => Assert.Equal("    expected: old", line),
            line => Assert.Equal("    actual:   new", line),
            line => Assert.StartsWith("error: a.ipynb: code cell 3 (throw new Exception(\"bang\");): should have failed with \"on purpose\"", line, StringComparison.Ordinal),
            line => Assert.Contains("b.ipynb: code cell 1 (Environment.Exit(7);): the kernel died (exit code 7)", line, StringComparison.Ordinal));
        Assert.Matches(@"a\.ipynb +4 +1 +2 +0 .*failed", result.StandardOutput);
    }

    [Fact]
    public async Task A_check_without_a_run_runs_nothing()
    {
        NotebookDocument notebook = new TestNotebook()
            .Code("System.IO.File.WriteAllText(\"ran.txt\", \"\");", [], Printed("stale").ToJson())
            .ToCompleteDocument();
        _folder.Write("a.ipynb", notebook.ToText());
        notebook.Cells[0].ExecutionCount = 2;
        _folder.Write("b.ipynb", notebook.ToText());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "check", "--static", ".");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("b.ipynb: code cell 1", Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("✓ a.ipynb\n✗ b.ipynb: 1 problem\n", result.StandardOutput);
        Assert.False(File.Exists(_folder["ran.txt"]));
    }

    [Fact]
    public async Task A_notebook_without_code_is_run_and_checked_and_exported_like_the_others()
    {
        WriteManifest("""[{"file": "30-2.ipynb", "title": "A"}, {"file": "30-10.ipynb", "title": "B"}, {"file": "30-glossary.ipynb", "title": "용어집"}]""");
        _folder.Write("notebooks/30-2.ipynb", new TestNotebook().Markdown("# A\n\n[**락**](30-glossary.ipynb#락)은 한 번에 한 스레드만 획득할 수 있는 객체입니다.").ToCompleteDocument().ToText());
        _folder.Write("notebooks/30-10.ipynb", new TestNotebook().Markdown("# B").ToCompleteDocument().ToText());
        string glossary = new TestNotebook().Markdown("# 용어집\n\n### 락\n\nlock").ToCompleteDocument().ToText();
        _folder.Write("notebooks/30-glossary.ipynb", glossary);

        ProgramResult run = await RunnerProgram.RunAsync(_folder.Path, "run", "--in-place", "--out", "out");
        ProgramResult check = await RunnerProgram.RunAsync(_folder.Path, "check", "--solutions");
        ProgramResult export = await RunnerProgram.RunAsync(_folder.Path, "export", "--out", "exported");

        Assert.All([run, check, export], result => Assert.Equal((0, ""), (result.ExitCode, result.StandardError)));
        Assert.Equal(glossary, _folder.Read("notebooks", "30-glossary.ipynb"));
        Assert.Matches("(?s)30-2.ipynb.*30-10.ipynb.*30-glossary.ipynb", run.StandardOutput);
        Assert.DoesNotContain("never run", export.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("30-glossary.html#", _folder.Read("exported", "handouts", "30-2.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_has_to_hold_the_notebooks_of_its_chapter_and_each_notebook_its_source_cells()
    {
        WriteManifest("""[{"file": "a.ipynb", "title": "A", "sourceCells": [1]}, {"file": "b.ipynb", "title": "B", "sourceCells": [2, 3]}]""");
        _folder.Write("notebooks/a.ipynb", CompleteNotebook.WithSourceCells(1).ToCompleteDocument().ToText());
        _folder.Write("notebooks/extra.ipynb", CompleteNotebook.WithSourceCells(77).ToCompleteDocument().ToText());

        ProgramResult one = await RunnerProgram.RunAsync(_folder.Path, "check", "--static", "notebooks/a.ipynb");
        ProgramResult folder = await RunnerProgram.RunAsync(_folder.Path, "check", "--static");
        _folder.Write("notebooks/b.ipynb", CompleteNotebook.WithSourceCells(3).ToCompleteDocument().ToText());
        ProgramResult complete = await RunnerProgram.RunAsync(_folder.Path, "check", "--static", "notebooks");

        Assert.Equal((0, ""), (one.ExitCode, one.StandardError));
        Assert.Equal((1, "error: notebooks/b.ipynb: is missing; chapter.json lists it\n"), (folder.ExitCode, folder.StandardError));
        Assert.Equal((1, "error: source cell 2 is missing in notebooks/b.ipynb\n"), (complete.ExitCode, complete.StandardError));
    }

    [Fact]
    public async Task What_cannot_be_read_is_one_line_and_exit_code_2()
    {
        _folder.Write("notebooks/a.ipynb", "{");
        ProgramResult unreadable = await RunnerProgram.RunAsync(_folder.Path, "check", "--static");
        _folder.Write("notebooks/a.ipynb", new TestNotebook().ToString());
        WriteManifest("[3]");
        ProgramResult manifest = await RunnerProgram.RunAsync(_folder.Path, "check", "--static");

        Assert.Equal((2, 2), (unreadable.ExitCode, manifest.ExitCode));
        Assert.Contains("notebooks/a.ipynb: not JSON", Assert.Single(unreadable.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("notebooks/chapter.json: not a chapter manifest", Assert.Single(manifest.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_is_interrupted_says_so()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Code("System.IO.File.WriteAllText(\"running.txt\", \"\"); while (true) { }")
            .ToCompleteDocument().ToText());
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, "check", "a.ipynb");
        while (!File.Exists(_folder["running.txt"]))
            await Task.Delay(50);

        await program.SendAsync("INT");
        ProgramResult result = await program.WaitAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("a.ipynb: code cell 1", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.StandardError, StringComparison.Ordinal);
    }

    private static ErrorOutput OnPurpose() => new("System.Exception", "on purpose", ["   at Submission#3.<<Initialize>>d__0.MoveNext() in cell 3:line 1"]);

    private static JsonObject Tags(params string[] tags) => new() { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) };

    private static JsonObject ExpectedFailure(string message) => new() { ["tags"] = new JsonArray("raises-exception"), ["expected_message"] = message };

    private void WriteManifest(string notebooks) => _folder.Write("notebooks/chapter.json", $$"""{"title": "T", "notebooks": {{notebooks}}}""");
}
