using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What a cell has shown can be shown anew by what it has left running, in its place, after the cell has ended.</summary>
public sealed class LateUpdateTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const string Shower = """
        using System.Threading;
        var go = new ManualResetEventSlim();
        var shown = display(1);
        var late = new Thread(() => { go.Wait(); shown.Update(2); });
        late.Start();
        """;

    [Theory]
    [InlineData("go.Set(); late.Join();")] // while another cell runs
    [InlineData("_ = Task.Delay(300).ContinueWith(_ => go.Set());")] // while none does
    public async Task The_update_names_the_place_and_the_command_of_the_cell_that_has_shown_it(string later)
    {
        var client = new ProtocolClient();
        await client.InitializeAsync();
        string cell = await client.SendAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(Shower)}}}""");
        string valueId = (string)(await client.ReadToEndOfAsync(cell)).Content("DisplayedValueProduced")["valueId"]!;
        await client.SendAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(later)}}}""");
        JsonNode update;
        do
            update = JsonNode.Parse(await client.ReadLineAsync())!;
        while (update.Type() != "DisplayedValueUpdated");
        Assert.Equal(valueId, (string)update["event"]!["valueId"]!);
        Assert.Equal(cell, (string)update["command"]!["token"]!);
        Assert.Contains("2", (string)update["event"]!["formattedValues"]![0]!["value"]!, StringComparison.Ordinal);
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData("go.Set();", "late.Join();", 0)]
    [InlineData("_ = Task.Delay(300).ContinueWith(_ => go.Set());", "late.Join();", 1000)]
    public async Task The_runner_puts_it_in_its_place_whether_or_not_a_cell_runs_then(string second, string third, int pause)
    {
        var kernel = await kernels.GetAsync();
        var recorder = new OutputRecorder();
        var document = new TestNotebook().Code(Shower).Code(second).Code(third).ToDocument();
        foreach (var cell in document.Cells)
        {
            (await kernel.ExecuteAsync(cell.Source, recorder.BeginCell(cell))).AssertSucceeded();
            await Task.Delay(pause);
        }

        recorder.ApplyTo(document);
        var output = Assert.IsType<DisplayOutput>(Assert.Single(document.Cells[0].Outputs));
        Assert.Contains("2", string.Concat(output.Data.Select(form => form.Value)), StringComparison.Ordinal);
        Assert.All(document.Cells.Skip(1), cell => Assert.Empty(cell.Outputs));
    }
}
