using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Checks;

public class TimingCheckTests
{
    private static readonly CellOutput Rows = Printed("serial   1.00 s  1.0x", "threads  0.50 s  2.0x");

    [Fact]
    public void Bounds_have_to_be_readable() => Assert.StartsWith(
        "a.ipynb: code cell 1 (F();): 'timing' in its metadata has facter: 2", Assert.Single(Problems("""{"facter": 2}""")), StringComparison.Ordinal);

    [Fact]
    public void A_rule_is_about_numbers_that_there_are()
    {
        Assert.Empty(Problems("""{"where": [{"line": "threads", "unit": "x", "min": 1.2}, {"line": "serial", "max": 2}]}"""));
        Assert.Equal(
            "a.ipynb: code cell 1 (F();): 'timing' in its metadata, 'where', entry 2: the stored output has nowhere a number in 'x' in a line with 'tasks'; correct the entry or take it out",
            Assert.Single(Problems("""{"where": [{"line": "threads", "min": 0.1}, {"line": "tasks", "unit": "x", "min": 1.2}]}""")));
        Assert.Contains("nowhere a number in '%'", Assert.Single(Problems("""{"where": [{"unit": "%", "min": 1.2}]}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_after_another_that_fits_all_of_its_numbers_counts_never() => Assert.EndsWith(
        "entry 2: entries before it fit all of its numbers; put it before them",
        Assert.Single(Problems("""{"where": [{"unit": "x", "min": 0.1}, {"line": "threads", "unit": "x", "min": 1.2}]}""")),
        StringComparison.Ordinal);

    [Fact]
    public void The_stored_numbers_are_within_their_own_limits()
    {
        Assert.Equal(
            "a.ipynb: code cell 1 (F();): the stored output has 2.0x, which its own bounds (min 2.5) do not allow: threads 0.50 s 2.0x",
            Assert.Single(Problems("""{"where": [{"line": "threads", "unit": "x", "min": 2.5}]}""")));
        Assert.Contains("1.00 s, which its own bounds (max 0.9)", Assert.Single(Problems("""{"max": 0.9, "where": [{"unit": "x", "max": 3}]}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_was_not_run_or_was_passed_over_has_no_numbers_to_be_about()
    {
        const string Bounds = """{"where": [{"line": "threads", "unit": "x", "min": 1.2}]}""";
        NotebookDocument document = Document(Bounds, Rows);
        document.Cells[0].ExecutionCount = null;
        document.Cells[0].Outputs = [];

        Assert.Empty(TimingCheck.FindProblems(document.InFile()));
        Assert.Empty(TimingCheck.FindProblems(Document(Bounds, OptionalPackages.Note("a reason")).InFile()));
    }

    [Fact]
    public void In_a_chapter_each_timing_cell_has_bounds_of_its_own()
    {
        static IEnumerable<string> Unstated(string bounds) => TimingCheck.FindProblemsInChapter(Document(bounds, Rows).InFile());

        foreach (string unstated in (string[])["{}", """{"whole_numbers": true}"""])
        {
            Assert.Equal(
                "a.ipynb: code cell 1 (F();): has the tag 'timing', but no bounds of its own; state in its metadata what its text relies on, \"timing\": {\"min\": 0.75, \"max\": 1.5} (check --help has the other kinds)",
                Assert.Single(Unstated(unstated)));
        }

        Assert.Empty(Unstated("""{"factor": 5}"""));
        Assert.Empty(Unstated("""{"max": 3, "whole_numbers": true}"""));
        Assert.Empty(Unstated("""{"where": [{"line": "threads", "min": 0.1}]}"""));
        Assert.Single(TimingCheck.FindProblemsInChapter(new TestNotebook().Code("a").Code("b", "timing").ToCompleteDocument().InFile()));
    }

    private static IEnumerable<string> Problems(string bounds) => TimingCheck.FindProblems(Document(bounds, Rows).InFile());

    private static NotebookDocument Document(string bounds, CellOutput output) => new TestNotebook()
        .Code("F();", new JsonObject { ["tags"] = new JsonArray("timing"), ["timing"] = JsonNode.Parse(bounds) }, output.ToJson())
        .ToCompleteDocument();
}
