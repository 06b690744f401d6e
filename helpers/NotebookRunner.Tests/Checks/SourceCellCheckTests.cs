using System.Text.Json.Nodes;
using NotebookRunner.Chapters;
using NotebookRunner.Checks;

namespace NotebookRunner.Tests.Checks;

public class SourceCellCheckTests
{
    private static readonly SourceCell[] Expected = [new(2), new(3), new(4), new(5)];

    [Fact]
    public void Each_once_and_in_order_is_right() => Assert.Empty(Problems(2, 3, 4, 5));

    [Fact]
    public void A_missing_one_is_named()
    {
        Assert.Equal(["source cell 5 is missing in a.ipynb"], Problems(2, 3, 4));
        Assert.Equal(["source cell 3 is missing in a.ipynb"], Problems(2, 4, 5));
        Assert.Equal(4, Problems().Count());
    }

    [Fact]
    public void A_doubled_one_is_named_with_its_cells() => Assert.Equal(
        ["source cell 2 is doubled in a.ipynb: code cell 1 and code cell 5"],
        Problems(2, 3, 4, 5, 2));

    [Fact]
    public void One_out_of_order_is_named()
    {
        Assert.Equal(["source cell 2 is out of order in a.ipynb: it comes after 3 (code cell 2)"], Problems(3, 2, 4, 5));
        Assert.Equal(
            ["source cell 3 is out of order in a.ipynb: it comes after 5 (code cell 3)",
             "source cell 4 is out of order in a.ipynb: it comes after 5 (code cell 4)"],
            Problems(2, 5, 3, 4));
    }

    [Fact]
    public void An_unknown_one_is_named() => Assert.Equal(
        "source cell 99 is unknown in a.ipynb: the chapter's manifest has none of that number there (code cell 4)",
        Assert.Single(Problems(2, 3, 4, 99, 5)));

    [Fact]
    public void A_label_of_the_source_is_no_number()
    {
        var notebook = CompleteNotebook.WithSourceCells(2, 3, 4, 5).Code("1", new JsonObject { ["source_cell"] = "In [15]" });

        Assert.Equal(
            "\"source_cell\": \"In [15]\" is no number in a.ipynb: write the source cell's number in the chapter, here one of 2, 3, 4, 5 (code cell 5)",
            Assert.Single(SourceCellCheck.FindProblems(notebook.ToCompleteDocument().InFile(), Expected)));
    }

    [Fact]
    public void A_cell_with_nothing_to_run_holds_no_source_cell()
    {
        var notebook = CompleteNotebook.WithSourceCells(2, 3, 4).Code(" ", new JsonObject { ["source_cell"] = 5 });

        Assert.Contains("is missing", Assert.Single(SourceCellCheck.FindProblems(notebook.ToCompleteDocument().InFile(), Expected)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Problems(params int[] numbers) =>
        SourceCellCheck.FindProblems(CompleteNotebook.WithSourceCells(numbers).ToCompleteDocument().InFile(), Expected);
}
