using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_cell_runs_in_the_folder_of_its_notebook_and_leaves_its_outputs_in_a_copy_and_a_handout()
    {
        string notebook = new TestNotebook()
            .Markdown("# 실행")
            .Code("int x = 6; Console.WriteLine(\"한글\"); Console.Error.WriteLine(\"warn\");")
            .Code("   ")
            .Code("x * 7")
            .Code("Console.Write(Environment.CurrentDirectory)")
            .ToString();
        _folder.Write("notebooks/a.ipynb", notebook);

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path);

        Assert.True(result.ExitCode == 0, result.StandardError + result.StandardOutput);
        Assert.Empty(result.StandardError);
        Assert.Equal(notebook, _folder.Read("notebooks", "a.ipynb"));
        NotebookDocument executed = _folder.Load("out", "notebooks", "a.ipynb");
        Assert.Equal([null, 1, null, 2, 3], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.Contains(new StreamOutput("stdout", "한글\n"), executed.Cells[1].Outputs);
        Assert.Contains(new StreamOutput("stderr", "warn\n"), executed.Cells[1].Outputs);
        Assert.Contains("42", Assert.IsType<ResultOutput>(Assert.Single(executed.Cells[3].Outputs)).Data.First().Value, StringComparison.Ordinal);
        Assert.Equal([new StreamOutput("stdout", _folder["notebooks"])], executed.Cells[4].Outputs);
        Assert.Contains("한글", _folder.Read("out", "handouts", "a.html"), StringComparison.Ordinal);
        Assert.Matches(@"✓ +1/3 +\d+\.\d\d s +int x = 6;", result.StandardOutput);
        Assert.Matches(@"notebooks/a\.ipynb +│? *3 +│? *3 +│? *0 .*passed", result.StandardOutput);
    }

    [Fact]
    public async Task Lines_that_have_no_ends_are_run_as_the_one_line_that_they_are_and_that_is_said()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("SOURCE").ToString().Replace("\"SOURCE\"", "\"// note\", \"throw new Exception();\"", StringComparison.Ordinal));

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--no-handouts");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("warning: a.ipynb: code cell 1 (// notethrow new Exception();): in its list of lines, \"// note\" has no", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_first_failure_stops_its_notebook_but_not_the_next_and_is_named()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Code("1")
            .Code("\nvar name = \"kim\";\nthrow new InvalidOperationException(\"boom\\nmore\");")
            .Code("Console.WriteLine(\"never\")")
            .ToString());
        _folder.Write("b.ipynb", new TestNotebook().Code("2").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, ".", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("error: a.ipynb: code cell 2 (var name = \"kim\";): System.InvalidOperationException: boom\n", result.StandardError);
        NotebookDocument executed = _folder.Load("out", "notebooks", "a.ipynb");
        Assert.Equal([1, 2, null], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.IsType<ErrorOutput>(executed.Cells[1].Outputs[^1]);
        Assert.Empty(executed.Cells[2].Outputs);
        Assert.Equal([1], _folder.Load("out", "notebooks", "b.ipynb").Cells.Select(cell => cell.ExecutionCount));
        Assert.False(Directory.Exists(_folder["out", "handouts"]));
    }

    [Fact]
    public async Task A_cell_that_is_meant_to_fail_has_to_and_with_its_message()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Code("throw new Exception(\"any\");", "raises-exception")
            .Code("int y = \"no number\";", new JsonObject { ["tags"] = new JsonArray("raises-exception"), ["expected_message"] = "CS0029" })
            .Code("Console.WriteLine(\"goes on\")")
            .ToString());
        _folder.Write("b.ipynb", new TestNotebook().Code("1", "raises-exception").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, ".", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: b.ipynb: code cell 1 (1): should have failed", result.StandardError, StringComparison.Ordinal);
        Assert.Equal([new StreamOutput("stdout", "goes on\n")], _folder.Load("out", "notebooks", "a.ipynb").Cells[2].Outputs);
    }

    [Fact]
    public async Task A_kernel_that_dies_is_the_error_of_its_cell_and_the_next_notebook_gets_a_new_one()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("1").Code("Console.WriteLine(\"last words\"); Environment.Exit(7);").Code("3").ToString());
        _folder.Write("b.ipynb", new TestNotebook().Code("Environment.FailFast(\"giving up\");").ToString());
        _folder.Write("c.ipynb", new TestNotebook().Code("2").ToString());
        // In Wine it is another number: WineGaps.FailFast.
        string aborted = Wine.IsRunning ? "exit code .+" : OperatingSystem.IsWindows() ? "exit code 0x80131623, Environment.FailFast" : "SIGABRT";

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, ".", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"error: a\.ipynb: code cell 2 \(.*\): the kernel died \(exit code 7\)", result.StandardError);
        Assert.Matches($@"error: b\.ipynb: code cell 1 \(.*\): the kernel died \({aborted}\)", result.StandardError);
        Assert.Matches("    stderr: .*Submission#1", result.StandardError);
        var died = Assert.IsType<ErrorOutput>(_folder.Load("out", "notebooks", "a.ipynb").Cells[1].Outputs[^1]);
        Assert.Equal("KernelDied", died.Name);
        Assert.Equal(1, _folder.Load("out", "notebooks", "c.ipynb").Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task A_cell_that_takes_too_long_is_stopped_and_named()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("while (true) { }").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "a.ipynb", "--no-handouts", "--timeout", "1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("code cell 1 (while (true) { }): did not end within 1 s", result.StandardError, StringComparison.Ordinal);
    }

    [Theory(IsLong = true)]
    [InlineData("Console.WriteLine(\"head\"); string lines = string.Concat(Enumerable.Repeat(\"x\\n\", 1000)); while (true) Console.Write(lines);", "\"head\\n\"")]
    [InlineData("while (true) display(\"x\");", "\"display_data\"")]
    public async Task Of_endless_output_the_beginning_and_the_end_are_kept_and_the_rest_is_told(string code, string kept)
    {
        _folder.Write("a.ipynb", new TestNotebook().Code(code).ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "a.ipynb", "--timeout", "15");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("did not end within 15 s", result.StandardError, StringComparison.Ordinal);
        string executed = _folder.Read("out", "notebooks", "a.ipynb");
        Assert.Contains(kept, executed, StringComparison.Ordinal);
        Assert.Matches(@"characters left out here\. Of a cell that puts out more than 200,000 lines, 1,000 outputs or 50,000,000 characters, the beginning and the end are kept\.", executed);
        Assert.InRange(executed.Length, 1, 500_000);
        string handout = _folder.Read("out", "handouts", "a.html");
        Assert.Contains("left out here", handout, StringComparison.Ordinal);
        Assert.InRange(handout.Length, 1, 500_000);
    }

    [Fact]
    public async Task A_cell_that_reads_input_fails_in_one_line_that_says_what_to_do()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("int.Parse(Console.ReadLine())").ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "a.ipynb", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "error: a.ipynb: code cell 1 (int.Parse(Console.ReadLine())): System.InvalidOperationException: There is nobody here to ask for input. Put the value into the cell, or run it in an editor that asks, such as VS Code with the extension C# Notebooks.\n",
            result.StandardError);
    }

    [Fact]
    public async Task What_a_thread_prints_after_its_cell_is_stored_with_it_until_the_notebook_ends()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Code("var go = new System.Threading.SemaphoreSlim(0); var done = new System.Threading.SemaphoreSlim(0); new System.Threading.Thread(() => { go.Wait(); Console.WriteLine(\"late\"); done.Release(); System.Threading.Thread.Sleep(-1); Console.WriteLine(\"too late\"); }) { IsBackground = true }.Start();")
            .Code("go.Release(); done.Wait(); Console.WriteLine(\"mine\");")
            .ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "a.ipynb", "--no-handouts");

        Assert.Equal(0, result.ExitCode);
        NotebookDocument executed = _folder.Load("out", "notebooks", "a.ipynb");
        Assert.Equal([new StreamOutput("stdout", "late\n")], executed.Cells[0].Outputs);
        Assert.Equal([new StreamOutput("stdout", "mine\n")], executed.Cells[1].Outputs);
    }
}
