using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Comparison;

public class StrictComparisonTests
{
    [Fact]
    public void The_same_outputs_do_not_differ()
    {
        Assert.Null(Find([Printed("a", "b"), Shown("<b>1</b>")], [Printed("a", "b"), Shown("<b>1</b>")]));
        Assert.Null(Find([], []));
    }

    /// <summary>.NET Interactive compiles cells without symbols, and .NET 11 calls its own methods otherwise.</summary>
    [Fact]
    public void Of_a_printed_stack_trace_the_methods_of_cells_count()
    {
        const string Frame = "   at Submission#2.<>c.<Fail>b__1_0()";
        string[] printed = ["Unhandled exception.", Frame + " in cell 2:line 5", "   at System.Threading.Thread.StartCallback()"];

        Assert.Null(Find([Printed(printed)], [Printed("Unhandled exception.", Frame, "   at System.Threading.Thread.StartCallback(Thread* pThread)")]));
        Assert.NotNull(Find([Printed(printed)], [Printed("Unhandled exception.", "   at Submission#2.Other()")]));
        Assert.NotNull(Find([Printed("it is in cell 2:line 5")], [Printed("it is")]));
        Assert.NotNull(Find([Printed("we met at noon (in the cell)")], [Printed("we met")]));
    }

    [Fact]
    public void The_first_line_that_differs_is_told()
    {
        OutputDifference? difference = Find([Printed("a", "b", "c")], [Printed("a", "x", "y")]);

        Assert.Equal("stdout, line 2", difference!.Place);
        Assert.Equal(("b", "x"), difference.Excerpts());
    }

    [Fact]
    public void Lines_that_are_missing_or_too_many_differ()
    {
        Assert.Equal(("b", "(an empty line)"), Find([Printed("a", "b")], [Printed("a")])!.Excerpts());
        Assert.Equal(("(nothing)", "[stdout]"), Find([], [Printed("a")])!.Excerpts());
        Assert.Equal(("[display_data text/html]", "(nothing)"), Find([Printed("a"), Shown("b")], [Printed("a")])!.Excerpts());
    }

    [Fact]
    public void A_line_end_that_is_missing_differs() => Assert.NotNull(Find([Printed("a")], [new StreamOutput("stdout", "a")]));

    [Fact]
    public void Numbers_and_the_order_of_lines_count()
    {
        Assert.NotNull(Find([Printed("0.81 s")], [Printed("0.80 s")]));
        Assert.NotNull(Find([Printed("a", "b")], [Printed("b", "a")]));
    }

    [Fact]
    public void Pieces_of_one_stream_that_follow_each_other_are_one_output() =>
        Assert.Null(Find([Printed("a"), Printed("b")], [Printed("a", "b")]));

    [Fact]
    public void The_order_of_streams_and_their_names_count()
    {
        Assert.NotNull(Find([Printed("a"), Warned("b")], [Warned("b"), Printed("a")]));
        Assert.NotNull(Find([Printed("a")], [Warned("a")]));
    }

    [Fact]
    public void A_value_that_was_displayed_and_one_that_was_returned_are_different_outputs()
    {
        Assert.NotNull(Find([Shown("<b>1</b>")], [Returned("<b>1</b>")]));
        Assert.NotNull(Find([Shown("a"), Shown("b")], [Shown("a\nb")]));
        Assert.NotNull(Find([Shown("a", "text/html")], [Shown("a", "text/plain")]));
    }

    [Fact]
    public void The_number_of_the_execution_is_not_part_of_the_result() =>
        Assert.Null(Find([Returned("a", executionCount: 3)], [Returned("a", executionCount: 4)]));

    [Fact]
    public void Of_a_stack_trace_the_frames_in_cells_count()
    {
        ErrorOutput committed = Error("at System.Old.Throw()", "at Submission#3.F() in cell 3:line 1");

        Assert.Null(Find([committed], [Error("at System.New.Throw()", "at Submission#3.F() in cell 3:line 1")]));
        Assert.NotNull(Find([committed], [Error("at System.Old.Throw()", "at Submission#3.F() in cell 3:line 2")]));
        Assert.NotNull(Find([committed], [committed with { Message = "bang" }]));
        Assert.NotNull(Find([committed], [committed with { Name = "System.Exception" }]));
    }

    [Fact]
    public void Long_lines_are_cut_around_the_difference_and_control_characters_are_made_visible()
    {
        string start = new('s', 500);

        var (expected, actual) = Find([Printed($"{start}\u001b[31mA{start}")], [Printed($"{start}\u001b[31mB{start}")])!.Excerpts();

        Assert.Matches(@"^…s{25}\\u001b\[31mAs{50,}…$", expected);
        Assert.Matches(@"^…s{25}\\u001b\[31mBs{50,}…$", actual);
    }

    private static ErrorOutput Error(params string[] traceback) => new("System.InvalidOperationException", "boom", traceback);

    private static OutputDifference? Find(CellOutput[] committed, CellOutput[] actual) => OutputComparison.Find(committed, actual, Relaxation.None);
}
