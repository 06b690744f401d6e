using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Comparison;

public class AnyOrderTests
{
    private static readonly Relaxation AnyOrder = new(AnyOrder: true, Timing: null);
    private static readonly Relaxation AnyOrderAndTiming = new(AnyOrder: true, TimingBounds.Default);

    [Fact]
    public void Lines_may_come_in_any_order_but_each_has_to_come_as_often()
    {
        Assert.Null(Find(AnyOrder, [Printed("a", "b", "a")], [Printed("b", "a", "a")]));
        Assert.Equal(("a", "b"), Find(AnyOrder, [Printed("a", "b", "a")], [Printed("b", "a", "b")])!.Excerpts());
        Assert.Equal(("(nothing)", "a"), Find(AnyOrder, [Printed("a", "b")], [Printed("b", "a", "a")])!.Excerpts());
    }

    [Fact]
    public void Streams_may_alternate_but_a_line_stays_on_its_stream()
    {
        Assert.Null(Find(AnyOrder, [Printed("a"), Warned("x"), Printed("b")], [Warned("x"), Printed("b", "a")]));
        Assert.NotNull(Find(AnyOrder, [Printed("a"), Warned("x")], [Printed("x"), Warned("a")]));
    }

    [Fact]
    public void A_line_that_another_stream_interrupts_is_one_line() => Assert.Null(Find(
        AnyOrder,
        [new StreamOutput("stdout", "one "), Warned("x"), new StreamOutput("stdout", "line\n")],
        [Printed("one line"), Warned("x")]));

    [Fact]
    public void Numbers_count_unless_the_cell_is_a_timing_cell_too()
    {
        CellOutput[] committed = [Printed("square: 25", "took 1.61 s")];

        Assert.NotNull(Find(AnyOrder, committed, [Printed("took 1.62 s", "square: 25")]));
        Assert.Null(Find(AnyOrderAndTiming, committed, [Printed("took 1.62 s", "square: 25")]));
        Assert.NotNull(Find(AnyOrderAndTiming, committed, [Printed("took 1.62 s", "square: 36")]));
        Assert.Equal(("took 1.61 s", "took 100 s"), Find(AnyOrderAndTiming, committed, [Printed("took 100 s", "square: 25")])!.Excerpts());
    }

    [Fact]
    public void Each_measured_line_finds_a_line_of_its_own()
    {
        Relaxation close = new(AnyOrder: true, new TimingBounds { Numbers = new NumberBounds { Factor = 1, Slack = 2 } });

        // 2 can have 3, but must leave it to 1 and take 4.
        Assert.Null(Find(close, [Printed("2.0", "1.0")], [Printed("3.0", "4.0")]));
        Assert.NotNull(Find(close, [Printed("1.0", "1.0")], [Printed("3.0", "4.0")]));
    }

    [Fact]
    public void Rows_of_a_table_may_come_in_any_order()
    {
        const string One = "<tr><td>one</td><td>1.5 s</td></tr>";
        const string Two = "<tr><td>two</td><td>1.5 s</td></tr>";

        Assert.Null(Find(AnyOrderAndTiming, [Shown($"<table>{One}{Two}</table>")], [Shown($"<table>{Two}{One}</table>")]));
        Assert.NotNull(Find(AnyOrderAndTiming, [Shown($"<table>{One}{Two}</table>")], [Shown($"<table>{Two}</table>")]));
    }

    [Fact]
    public void Threads_and_processes_of_a_timeline_are_told_apart_by_what_they_do_and_not_by_which_began_first()
    {
        string committed = Timeline(("plus", "스레드 1"), ("minus", "스레드 2"), ("plus", "스레드 1"), ("write", "프로세스 1"));

        Assert.Null(Find(AnyOrderAndTiming, [Shown(committed)], [Shown(Timeline(("minus", "스레드 1"), ("plus", "스레드 2"), ("plus", "스레드 2"), ("write", "프로세스 1")))]));
        Assert.NotNull(Find(AnyOrderAndTiming, [Shown(committed)], [Shown(Timeline(("minus", "스레드 1"), ("plus", "스레드 2"), ("plus", "스레드 1"), ("write", "프로세스 1")))]));
        Assert.NotNull(Find(AnyOrderAndTiming, [Shown(committed)], [Shown(Timeline(("plus", "스레드 1"), ("minus", "프로세스 1"), ("plus", "스레드 1"), ("write", "스레드 2")))]));
    }

    // As Multiprocessing draws it: a description with a sentence for each lane, and a table.
    private static string Timeline(params (string Work, string Lane)[] rows)
    {
        var lanes = rows.GroupBy(row => row.Lane).Select(lane => $"{lane.Key}: 구간 {lane.Count()}개, 0.00초부터 0.21초까지.");
        return $"<svg><desc>처음부터 끝까지 0.21초. {string.Join(' ', lanes)}</desc></svg><table>"
            + string.Concat(rows.Select(row => $"<tr><td>{row.Work}</td><td>{row.Lane}</td><td>0.05초</td></tr>")) + "</table>";
    }

    private static OutputDifference? Find(Relaxation relaxation, CellOutput[] committed, CellOutput[] actual) =>
        OutputComparison.Find(committed, actual, relaxation);
}
