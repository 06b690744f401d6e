using NotebookRunner.Handouts.Printing;
using NotebookRunner.Pictures;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Pictures;

/// <summary>The script that draws, as the command line or the environment names it.</summary>
public sealed class PlotlyOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlotlyOptionTests()
    {
        _folder.Write("a.ipynb", new TestNotebook().Code("Console.WriteLine(1);").ToString());
        _folder.Write("plotly.min.js", "/**\n* plotly.js v2.28.0\n*/\n!function(){}();");
        _folder.Write("other.js", "var other;");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no-such.js", "no-such.js")]
    [InlineData("other.js", "--plotly: 'other.js' is not plotly.js")]
    public async Task A_file_that_is_not_plotly_is_told_before_anything_is_run(string file, string message)
    {
        ProgramResult result = await RunnerProgram.RunAsync(_folder.Path, "run", "a.ipynb", "--plotly", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("", result.StandardOutput);
    }

    [Theory]
    [InlineData("--plotly: there is no program 'no-such-browser'", "--plotly", "plotly.min.js")]
    [InlineData("PLOTLY_JS: there is no program 'no-such-browser'")]
    public async Task Without_a_browser_one_line_says_what_to_do(string message, params string[] option)
    {
        Dictionary<string, string> environment = new() { [ChromiumProgram.Variable] = "no-such-browser", [PlotlyScript.Variable] = _folder["plotly.min.js"] };
        using RunnerProgram program = RunnerProgram.Start(_folder.Path, environment, ["run", "a.ipynb", .. option]);
        ProgramResult result = await program.WaitAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, Assert.Single(result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
