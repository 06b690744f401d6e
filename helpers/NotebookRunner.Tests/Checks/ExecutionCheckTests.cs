using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

public class ExecutionCheckTests
{
    private readonly NotebookDocument _document = new TestNotebook()
        .Markdown("# text").Code("one").Code("  ").Code("two").Code("three").ToCompleteDocument();

    [Fact]
    public void Counts_from_one_upward_without_blank_cells_are_right() => Assert.Empty(Problems());

    [Fact]
    public void Every_cell_that_was_not_run_or_not_in_order_is_named()
    {
        _document.Cells[1].ExecutionCount = null;
        _document.Cells[3].ExecutionCount = 3;
        _document.Cells[4].ExecutionCount = 7;

        Assert.Collection(
            Problems(),
            problem => Assert.StartsWith("a.ipynb: code cell 1 (one): has not been run", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("a.ipynb: code cell 2 (two): has the execution count 3 instead of 2", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("a.ipynb: code cell 3 (three): has the execution count 7 instead of 3", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_notebook_that_was_never_run_is_one_problem()
    {
        foreach (int index in (int[])[1, 3, 4])
            _document.Cells[index].ExecutionCount = null;

        Assert.Equal("a.ipynb: has never been run; 'run --in-place' runs them all in order", Assert.Single(Problems()));
    }

    [Fact]
    public void Outputs_of_a_cell_that_has_become_blank_are_left_over()
    {
        _document.Cells[2].Outputs = [new StreamOutput("stdout", "left over")];

        Assert.StartsWith("a.ipynb: cell 3: has outputs", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    private IEnumerable<string> Problems() => ExecutionCheck.FindProblems(_document.InFile());
}
