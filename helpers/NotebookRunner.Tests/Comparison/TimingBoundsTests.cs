using System.Text.Json.Nodes;
using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Comparison;

public class TimingBoundsTests
{
    [Fact]
    public void Bounds_stand_in_the_metadata_of_the_cell()
    {
        Assert.Equal(new TimingBounds { Factor = 3, Slack = 0.1 }, Bounds("""{"factor": 3, "slack": 0.1}"""));
        Assert.Equal(new TimingBounds { Min = -1, Max = 2.5, WholeNumbers = true }, Bounds("""{"min": -1, "max": 2.5, "whole_numbers": true}"""));
        Assert.Equal(TimingBounds.Default, Bounds("{}"));
        Assert.Equal(TimingBounds.Default, Relaxation.Of(new TestNotebook().Code("x", "timing").ToDocument().Cells[0]).Timing);
        Assert.Null(Relaxation.Of(new TestNotebook().Code("x").ToDocument().Cells[0]).Timing);
    }

    [Theory]
    [InlineData("""{"facter": 3}""", "facter: 3")]
    [InlineData("""{"factor": 0.5}""", "factor: 0.5")]
    [InlineData("""{"slack": "much"}""", "slack: \"much\"")]
    [InlineData("""{"max": null}""", "max: null")]
    [InlineData("""{"whole_numbers": 1}""", "whole_numbers: 1")]
    [InlineData("""{"factor": 2, "max": 1}""", "either factor and slack, or min and max")]
    [InlineData("""{"min": 2, "max": 1}""", "min above its max")]
    [InlineData("3", "is not an object")]
    public void Bounds_that_cannot_be_meant_are_a_problem(string bounds, string expected) =>
        Assert.Contains(expected, TimingBounds.FindProblem(Cell(bounds, "timing"), out _), StringComparison.Ordinal);

    [Fact]
    public void Bounds_without_the_tag_are_a_problem() =>
        Assert.Contains("not the tag 'timing'", TimingBounds.FindProblem(Cell("""{"factor": 3}"""), out _), StringComparison.Ordinal);

    private static TimingBounds Bounds(string json)
    {
        NotebookCell cell = Cell(json, "timing");
        Assert.Null(TimingBounds.FindProblem(cell, out _));
        return Relaxation.Of(cell).Timing!;
    }

    private static NotebookCell Cell(string bounds, params string[] tags) => new TestNotebook()
        .Code("x", new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]), ["timing"] = JsonNode.Parse(bounds) })
        .ToDocument().Cells[0];
}
