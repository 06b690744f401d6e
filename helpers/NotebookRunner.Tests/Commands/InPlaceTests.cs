using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Commands;

public sealed class InPlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_run_changes_nothing_outside_timing_cells()
    {
        _folder.Write("notebooks/a.ipynb", new TestNotebook()
            .Code("var id = Guid.NewGuid(); Console.WriteLine($\"{id} {id:N} {System.IO.Directory.GetCurrentDirectory()}\");")
            .Code("Parallel.For(0, 8, i => { System.Threading.Thread.Sleep(Random.Shared.Next(20)); Console.WriteLine($\"line {i}\"); });", "any-order")
            .Code("throw new Exception(\"on purpose\");", "raises-exception")
            .Code("new[] { 1, 2 }")
            .Code("Console.WriteLine(DateTime.UtcNow.Ticks)", "timing")
            .ToString());

        ProgramResult first = await RunnerProgram.RunAsync(_folder.Path, "run", "--in-place", "--no-handouts");
        NotebookDocument once = _folder.Load("notebooks", "a.ipynb");
        ProgramResult second = await RunnerProgram.RunAsync(_folder.Path, "run", "--in-place", "--no-handouts");
        NotebookDocument twice = _folder.Load("notebooks", "a.ipynb");

        Assert.True(first.ExitCode == 0 && second.ExitCode == 0, first.StandardError + second.StandardError);
        string printed = Assert.IsType<StreamOutput>(Assert.Single(once.Cells[0].Outputs)).Text;
        Assert.Equal("00000000-0000-0000-0000-000000000001 00000000000000000000000000000001 …/notebooks\n", printed);
        Assert.NotEqual(once.ToText(), twice.ToText());
        once.Cells[4].Outputs = twice.Cells[4].Outputs = [];
        Assert.Equal(once.ToText(), twice.ToText());
        Assert.DoesNotContain(_folder.Path, twice.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_stored_in_the_order_in_which_editors_save_them()
    {
        _folder.Write("a.ipynb", new TestNotebook()
            .Code(
                "\"{'b':{'d':1,'c':2},'a':3}\".Replace('\\'', '\"').DisplayAs(\"application/json\");",
                new JsonObject { ["timing"] = new JsonObject { ["slack"] = 1, ["factor"] = 2 }, ["tags"] = new JsonArray("timing") })
            .ToString());

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--no-handouts");

        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Matches("(?s)\"a\": 3.*\"b\":.*\"c\": 2.*\"d\": 1", _folder.Read("a.ipynb"));
        Assert.Matches("(?s)\"tags\".*\"timing\".*\"factor\".*\"slack\"", _folder.Read("a.ipynb"));
        NotebookDocument stored = _folder.Load("a.ipynb");
        Assert.Null(stored.FindMisplacedKey() ?? stored.Cells[0].FindMisplacedKey());
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_notebook_as_it_was()
    {
        string notebook = new TestNotebook().Code("1").Code("throw new Exception();").ToString();
        _folder.Write("a.ipynb", notebook);

        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--in-place", "--no-handouts");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(notebook, _folder.Read("a.ipynb"));
        Assert.Equal(1, _folder.Load("out", "notebooks", "a.ipynb").Cells[0].ExecutionCount);
    }
}
