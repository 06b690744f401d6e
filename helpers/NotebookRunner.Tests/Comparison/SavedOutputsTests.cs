using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Comparison;

public class SavedOutputsTests
{
    private const string Frame = "   at Submission#3.F() in cell 3:line 1";

    private static readonly ErrorOutput Stored = new("System.Exception", "on purpose", [Frame, "   at Submission#4.<<Initialize>>d__0.MoveNext() in cell 4:line 2"]);

    [Fact]
    public void A_value_that_was_returned_may_be_saved_as_one_that_was_displayed()
    {
        Assert.Null(Find([Printed("a"), Returned("<b>1</b>")], [Printed("a"), Shown("<b>1</b>")]));
        Assert.NotNull(Find([Returned("<b>1</b>")], [Shown("<b>2</b>")]));
        Assert.NotNull(Find([Returned("<b>1</b>")], [Printed("<b>1</b>")]));
    }

    [Fact]
    public void An_error_may_be_saved_as_one_text()
    {
        string text = $"System.Exception: on purpose\r\n{string.Join("\r\n", Stored.Traceback)}";

        Assert.Null(Find([Stored], [new ErrorOutput("Error", text, text.Split("\r\n"))]));
        Assert.Null(Find([Stored], [new ErrorOutput("", text, [])]));
        Assert.Null(Find([Stored], [new ErrorOutput("Error", "System.Exception: on purpose", ["System.Exception: on purpose"])]));
        Assert.Null(Find([Stored], [new ErrorOutput("System.Exception", "System.Exception: on purpose", [])]));
    }

    [Fact]
    public void An_error_has_to_say_the_same()
    {
        Assert.NotNull(Find([Stored], [Stored with { Message = "by mistake" }]));
        Assert.NotNull(Find([Stored], [Stored with { Name = "System.IO.IOException" }]));
        Assert.NotNull(Find([Stored], [new ErrorOutput("Error", "System.Exception: by mistake", [])]));
        Assert.NotNull(Find([Stored], [Printed("System.Exception: on purpose")]));
        Assert.NotNull(Find([Stored], []));
    }

    [Fact]
    public void A_stack_trace_counts_where_there_is_one_without_its_colours_and_links()
    {
        string link = "\u001b[31m   at Submission#3.F() in <a href='vscode-notebook-cell:/n.ipynb#W1?line=0'>cell 3:line 1</a>\u001b[0m";

        Assert.Null(Find([Stored], [Stored with { Traceback = [$"{link}\n{Stored.Traceback[1]}"] }]));
        Assert.NotNull(Find([Stored], [Stored with { Traceback = [Frame] }]));
        Assert.NotNull(Find([Stored], [Stored with { Traceback = [Frame, Stored.Traceback[1].Replace("line 2", "line 3", StringComparison.Ordinal)] }]));
    }

    [Fact]
    public void The_types_in_the_names_of_generic_methods_are_no_links()
    {
        ErrorOutput generic = new("System.Exception", "no <answer>", ["   at Submission#1.F<address>() in cell 1:line 1"]);

        Assert.NotNull(Find([generic], [generic with { Traceback = ["   at Submission#1.F() in cell 1:line 1"] }]));
        Assert.NotNull(Find([generic], [generic with { Message = "no " }]));
    }

    private static OutputDifference? Find(CellOutput[] stored, CellOutput[] saved)
    {
        var (left, right) = SavedOutputs.Comparable(stored, saved);
        return OutputComparison.Find(left, right, Relaxation.None);
    }
}
