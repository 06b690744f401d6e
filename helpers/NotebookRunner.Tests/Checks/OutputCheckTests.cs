using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Checks;

public class OutputCheckTests
{
    private static readonly CellOutput Skipped = OptionalPackages.Note("a reason");

    [Fact]
    public void A_difference_is_told_with_its_place_and_both_lines_and_what_to_do()
    {
        Assert.Equal(
            """
            a.ipynb: code cell 1 (F();): the output differs from the committed one (stdout, line 2); if it is right, 'run --in-place' stores it
                expected: b
                actual:   c
            """.ReplaceLineEndings("\n"),
            Assert.Single(Differences(Printed("a", "b"), Printed("a", "c"))));
        Assert.Empty(Differences(Printed("a", "b"), Printed("a", "b")));
    }

    [Fact]
    public void The_tags_of_the_cell_hold()
    {
        Assert.Empty(Differences(Printed("a", "1.5 s"), Printed("1.6 s", "a"), "any-order", "timing"));
        Assert.NotEmpty(Differences(Printed("a", "1.5 s"), Printed("1.6 s", "a"), "timing"));
    }

    [Fact]
    public void Whether_a_package_could_be_restored_is_no_difference()
    {
        Assert.Empty(Differences(Printed("a"), Skipped, "optional-package"));
        Assert.Empty(Differences(Skipped, Printed("a"), "optional-package"));
        Assert.NotEmpty(Differences(Printed("b"), Printed("a"), "optional-package"));
        Assert.NotEmpty(Differences(Skipped, Printed("a")));
    }

    [Fact]
    public void Cells_that_have_never_been_run_or_did_not_run_now_are_told_by_others()
    {
        var (committed, executed) = Notebooks(Printed("a"), Printed("b"));
        var file = new NotebookFile(Path.GetFullPath("a.ipynb"));

        Assert.Empty(OutputCheck.FindDifferences(committed, executed, file, count: 0));
        committed.Cells[0].ExecutionCount = null;
        Assert.Empty(OutputCheck.FindDifferences(committed, executed, file, count: 1));
    }

    private static IEnumerable<string> Differences(CellOutput stored, CellOutput output, params string[] tags)
    {
        var (committed, executed) = Notebooks(stored, output, tags);
        return OutputCheck.FindDifferences(committed, executed, new NotebookFile(Path.GetFullPath("a.ipynb")), count: 1);
    }

    private static (NotebookDocument Committed, NotebookDocument Executed) Notebooks(CellOutput stored, CellOutput output, params string[] tags)
    {
        NotebookDocument Make(CellOutput shown) => new TestNotebook()
            .Code("F();", new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) }, shown.ToJson())
            .ToCompleteDocument();
        return (Make(stored), Make(output));
    }
}
