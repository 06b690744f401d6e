using System.Diagnostics;
using System.Text.Json.Nodes;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>Jupyter's own programs with the kernel.</summary>
public sealed class JupyterClientsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NbconvertFact(IsLong = true)]
    public async Task A_notebook_that_nbconvert_has_run_is_the_one_that_we_have_run()
    {
        _folder.Write("mine.ipynb", new TestNotebook()
            .Code("""Console.WriteLine("안녕 😀"); var shown = display("before");""")
            .Code("""shown.Update("after"); Enumerable.Range(1, 3).Select(x => x * x)""")
            .Code("throw new InvalidOperationException(\"no\");", "raises-exception")
            .ToString());
        Assert.Equal(0, (await RunnerProgram.RunAsync(_folder.Path, "jupyter", "install", "--data-dir", _folder["data"])).ExitCode);
        Assert.Equal(0, (await RunnerProgram.RunAsync(_folder.Path, "run", "mine.ipynb", "--out", "out", "--no-handouts")).ExitCode);

        ProcessStartInfo start = new(NbconvertFactAttribute.Program, ["--to", "notebook", "--execute", "mine.ipynb", "--output-dir", "theirs"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardError = true,
            Environment = { ["JUPYTER_PATH"] = _folder["data"] },
        };
        using Process nbconvert = Process.Start(start)!;
        string said = await nbconvert.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await nbconvert.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(nbconvert.ExitCode == 0, said);

        Assert.Equal(Outputs("out", "notebooks", "mine.ipynb"), Outputs("theirs", "mine.ipynb"));
    }

    // But for the trace of an error, whose first line is the message here, since that is all that Jupyter shows of it.
    private string[] Outputs(params string[] path) =>
    [
        .. JsonNode.Parse(_folder.Read(path))!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]!.AsArray()).Select(output =>
        {
            output!.AsObject().Remove("traceback");
            return new JsonObject(output.DeepClone().AsObject().OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
        }),
    ];
}
