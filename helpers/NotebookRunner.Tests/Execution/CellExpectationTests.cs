using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

public class CellExpectationTests
{
    private static readonly ErrorOutput Boom = new("System.InvalidOperationException", "boom at noon\nsecond line", []);

    [Fact]
    public void A_cell_should_succeed()
    {
        Assert.Null(Problem(Plain(), succeeded: true));
        Assert.Equal("System.InvalidOperationException: boom at noon", Problem(Plain(), succeeded: false, Boom));
        Assert.Equal("failed without saying why", Problem(Plain(), succeeded: false));
    }

    [Fact]
    public void A_tagged_cell_has_to_fail()
    {
        Assert.Null(Problem(Raising(message: null), succeeded: false, Boom));
        Assert.Contains("should have failed", Problem(Raising(message: null), succeeded: true), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_message_has_to_be_there()
    {
        Assert.Null(Problem(Raising("boom at"), succeeded: false, Boom));
        Assert.Null(Problem(Raising("InvalidOperationException: boom"), succeeded: false, Boom));
        string? problem = Problem(Raising("bang"), succeeded: false, Boom);
        Assert.Contains("\"bang\"", problem, StringComparison.Ordinal);
        Assert.Contains("boom at noon", problem, StringComparison.Ordinal);
    }

    private static string? Problem(NotebookCell cell, bool succeeded, params CellOutput[] outputs) =>
        CellExpectation.FindProblem(cell, succeeded, outputs);

    private static NotebookCell Plain() => new TestNotebook().Code("x").ToDocument().Cells[0];

    private static NotebookCell Raising(string? message)
    {
        var metadata = new JsonObject { ["tags"] = new JsonArray("raises-exception") };
        if (message is not null)
            metadata["expected_message"] = message;
        return new TestNotebook().Code("x", metadata).ToDocument().Cells[0];
    }
}
