using System.Text.Json.Nodes;
using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Comparison;

public class TimingMetadataTests
{
    [Fact]
    public void Bounds_stand_in_the_metadata_of_the_cell()
    {
        Assert.Equal(new TimingBounds { Numbers = new NumberBounds { Factor = 3, Slack = 0.1 } }, Bounds("""{"factor": 3, "slack": 0.1}"""));
        Assert.Equal(new TimingBounds { Numbers = new NumberBounds { Min = -1, Max = 2.5 }, WholeNumbers = true }, Bounds("""{"min": -1, "max": 2.5, "whole_numbers": true}"""));
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
    [InlineData("""{"where": {"line": "a", "min": 1}}""", "a 'where' that is not a list such as")]
    [InlineData("""{"where": []}""", "a 'where' that is not a list such as")]
    [InlineData("""{"where": [{"line": "a", "min": 1}, 3]}""", "in 'where', entry 2: no object such as")]
    [InlineData("""{"where": [{"row": "a", "min": 1}]}""", "in 'where', entry 1: row: \"a\"; there are line")]
    [InlineData("""{"where": [{"line": " ", "min": 1}]}""", "line: \" \"; there are line")]
    [InlineData("""{"where": [{"unit": "번", "min": 1}]}""", "unit: \"번\", which is no unit of measured numbers")]
    [InlineData("""{"where": [{"min": 1}]}""", "entry 1: neither line nor unit")]
    [InlineData("""{"where": [{"unit": "배"}]}""", "entry 1: no bounds")]
    [InlineData("""{"where": [{"unit": "배", "min": 2, "max": 1}]}""", "entry 1: a min above its max")]
    [InlineData("""{"where": [{"unit": "배", "min": 2, "factor": 3}]}""", "entry 1: both kinds of bounds")]
    [InlineData("""{"where": [{"unit": "배", "min": 2, "whole_numbers": true}]}""", "whole_numbers: true; there are line")]
    public void Bounds_that_cannot_be_meant_are_a_problem(string bounds, string expected) =>
        Assert.Contains(expected, TimingMetadata.FindProblem(Cell(bounds, "timing"), out _), StringComparison.Ordinal);

    [Fact]
    public void Some_of_the_numbers_may_have_others()
    {
        TimingBounds bounds = Bounds("""{"factor": 10, "where": [{"line": "스레드 2개", "unit": "배", "min": 1.2}, {"unit": "", "slack": 3}]}""");

        Assert.Equal(
            [new TimingRule("스레드 2개", "배", new NumberBounds { Min = 1.2 }), new TimingRule(null, "", new NumberBounds { Slack = 3 })],
            bounds.Where);
        Assert.Equal(new NumberBounds { Factor = 10 }, bounds.Numbers);
    }

    [Fact]
    public void Bounds_without_the_tag_are_a_problem() =>
        Assert.Contains("not the tag 'timing'", TimingMetadata.FindProblem(Cell("""{"factor": 3}"""), out _), StringComparison.Ordinal);

    private static TimingBounds Bounds(string json)
    {
        NotebookCell cell = Cell(json, "timing");
        Assert.Null(TimingMetadata.FindProblem(cell, out _));
        return Relaxation.Of(cell).Timing!;
    }

    private static NotebookCell Cell(string bounds, params string[] tags) => new TestNotebook()
        .Code("x", new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]), ["timing"] = JsonNode.Parse(bounds) })
        .ToDocument().Cells[0];
}
