using NotebookRunner.Chapters;
using NotebookRunner.Checks;

namespace NotebookRunner.Tests.Checks;

public class SourceCellCheckTests
{
    // The third and fourth of the chapter have one label, as in a source whose numbers begin again.
    private static readonly SourceCell[] Expected = [new(2, "In [15]"), new(3, "In [2]"), new(4, "In [2]"), new(5, "In [29]")];

    [Fact]
    public void Each_once_and_in_order_is_right() => Assert.Empty(Problems("In [15]", "In [2]", "In [2]", "In [29]"));

    [Fact]
    public void A_missing_one_is_named()
    {
        Assert.Equal(["source cell 5, In [29], is missing in a.ipynb"], Problems("In [15]", "In [2]", "In [2]"));
        Assert.Equal(["source cell 4, In [2], is missing in a.ipynb"], Problems("In [15]", "In [2]", "In [29]"));
        Assert.Equal(4, Problems().Count());
    }

    [Fact]
    public void A_doubled_one_is_named_with_its_cells() => Assert.Equal(
        ["source cell 2, In [15], is doubled in a.ipynb: code cell 1 and code cell 5"],
        Problems("In [15]", "In [2]", "In [2]", "In [29]", "In [15]"));

    [Fact]
    public void One_out_of_order_is_named()
    {
        Assert.Equal(
            ["source cell 2, In [15], is out of order in a.ipynb: it comes after In [2] (code cell 2)"],
            Problems("In [2]", "In [15]", "In [2]", "In [29]"));
        Assert.Equal(
            ["source cell 3, In [2], is out of order in a.ipynb: it comes after In [29] (code cell 3)",
             "source cell 4, In [2], is out of order in a.ipynb: it comes after In [29] (code cell 4)"],
            Problems("In [15]", "In [29]", "In [2]", "In [2]"));
    }

    [Fact]
    public void An_unknown_one_is_named() => Assert.StartsWith(
        "source cell In [99] is unknown in a.ipynb",
        Assert.Single(Problems("In [15]", "In [2]", "In [2]", "In [99]", "In [29]")),
        StringComparison.Ordinal);

    [Fact]
    public void A_cell_with_nothing_to_run_holds_no_source_cell()
    {
        var notebook = CompleteNotebook.WithSourceCells("In [15]", "In [2]", "In [2]")
            .Code(" ", new System.Text.Json.Nodes.JsonObject { ["source_cell"] = "In [29]" });

        Assert.Contains("is missing", Assert.Single(SourceCellCheck.FindProblems(notebook.ToCompleteDocument().InFile(), Expected)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Problems(params string[] labels) =>
        SourceCellCheck.FindProblems(CompleteNotebook.WithSourceCells(labels).ToCompleteDocument().InFile(), Expected);
}
