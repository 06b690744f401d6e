using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Tests.Programs;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Comparison;

public class StoredOutputsTests
{
    [Fact]
    public void Lines_in_another_order_keep_the_order_that_was_stored_where_the_tag_allows_it()
    {
        Assert.Equal(Printed("b", "a"), AfterRun(Printed("b", "a"), Printed("a", "b"), "any-order"));
        Assert.Equal(Printed("a", "b"), AfterRun(Printed("b", "a"), Printed("a", "b")));
        Assert.Equal(Printed("a", "c"), AfterRun(Printed("b", "a"), Printed("a", "c"), "any-order"));
    }

    [Fact]
    public void Measured_numbers_within_the_bounds_stay_as_they_were()
    {
        Assert.Equal(Printed("1.61 s"), AfterRun(Printed("1.61 s"), Printed("1.70 s"), "timing"));
        Assert.Equal(Printed("1.70 s"), AfterRun(Printed("1.61 s"), Printed("1.70 s")));
        Assert.Equal(Printed("99.9 s"), AfterRun(Printed("1.61 s"), Printed("99.9 s"), "timing"));
    }

    [Fact]
    public void Measured_numbers_of_a_notebook_stay_or_go_together()
    {
        Assert.Equal(
            [Printed("1.61 s"), Printed("b", "a"), Printed("2.0 s")],
            AfterRun((Printed("1.61 s"), Printed("1.70 s"), "timing"), (Printed("b", "a"), Printed("a", "b"), "any-order"), (Printed("2.0 s"), Printed("2.5 s"), "timing")));
        Assert.Equal(
            [Printed("1.70 s"), Printed("b", "a"), Printed("99.5 s")],
            AfterRun((Printed("1.61 s"), Printed("1.70 s"), "timing"), (Printed("b", "a"), Printed("a", "b"), "any-order"), (Printed("2.0 s"), Printed("99.5 s"), "timing")));
    }

    [Fact]
    public void Outputs_of_a_cell_that_was_passed_over_are_not_put_beside_new_ones()
    {
        CellOutput skipped = OptionalPackages.Note("it needs P, which code cell 1 could not restore");

        Assert.Equal(
            "not stored, since the outputs of a notebook are those of one run, and code cell 1 was passed over (it needs P, which code cell 1 could not restore); run it where the packages can be restored",
            Obstacle((Printed("a"), skipped)));
        Assert.Contains("code cells 1, 3 were passed over", Obstacle((Printed("a"), skipped), (Printed("b"), Printed("b")), (Printed("c"), skipped)), StringComparison.Ordinal);
        Assert.Null(Obstacle((skipped, skipped), (Printed("b"), Printed("c"))));
        Assert.Null(Obstacle((skipped, Printed("a")), (Printed("b"), Printed("c"))));
        Assert.Null(Obstacle((null, skipped), (null, Printed("c"))));
    }

    [Fact]
    public void A_chart_that_is_drawn_in_another_way_is_stored_though_it_says_the_same()
    {
        static string Html(CellOutput output) => Assert.IsType<DisplayOutput>(output).Data["text/html"]!;

        Assert.Equal("<p style='width:10px'>1.5 s</p>", Html(AfterRun(Shown("<p style='width:10px'>1.5 s</p>"), Shown("<p style='width:20px'>1.6 s</p>"), "timing")));
        Assert.Equal("<p>1.6 s</p>", Html(AfterRun(Shown("<p style='width:10px'>1.5 s</p>"), Shown("<p>1.6 s</p>"), "timing")));
    }

    [Fact]
    public void What_is_kept_gets_the_number_of_the_new_execution()
    {
        CellOutput kept = AfterRun(Returned("1.5 s", executionCount: 1), Returned("1.6 s", executionCount: 2), "timing");

        var result = Assert.IsType<ResultOutput>(kept);
        Assert.Equal(("1.5 s", 2), (result.Data["text/html"], result.ExecutionCount));
    }

    [Fact]
    public void A_chart_whose_axis_has_one_line_more_is_drawn_in_the_same_way()
    {
        DisplayOutput stored = Shown("<svg><desc>1.5 s</desc>\n<line x='0'/>\n<line x='10'/>\n</svg>");
        DisplayOutput output = Shown("<svg><desc>1.6 s</desc>\n<line x='0'/>\n<line x='10'/>\n<line x='20'/>\n</svg>");

        Assert.Equal(stored, AfterRun(stored, output, "timing"), SameHtml);
    }

    [Theory]
    [InlineData("timing")]
    [InlineData()]
    public void A_picture_of_the_same_figures_stays(params string[] tags)
    {
        Assert.Equal(Chart("1.5 s", "<svg></svg>"), AfterRun(Chart("1.5 s", "<svg></svg>"), Chart("1.5 s", ""), tags), SameHtml);
        Assert.Equal(Chart("1.5 s", "<svg></svg>"), AfterRun(Chart("1.5 s", "<svg></svg>"), Chart("1.5 s", "<svg>2</svg>"), tags), SameHtml);
    }

    [Fact]
    public void A_picture_of_other_figures_goes()
    {
        Assert.Equal(Chart("1.6 s", ""), AfterRun(Chart("1.5 s", "<svg></svg>"), Chart("1.6 s", "")), SameHtml);
        Assert.Equal(Chart("99 s", ""), AfterRun(Chart("1.5 s", "<svg></svg>"), Chart("99 s", ""), "timing"), SameHtml);
        Assert.Equal(Chart("99 s", "<svg>2</svg>"), AfterRun(Chart("1.5 s", "<svg></svg>"), Chart("99 s", "<svg>2</svg>"), "timing"), SameHtml);
    }

    [Fact]
    public void A_picture_that_was_not_there_comes_with_the_figures_that_it_shows() =>
        Assert.Equal(Chart("1.6 s", "<svg></svg>"), AfterRun(Chart("1.5 s", ""), Chart("1.6 s", "<svg></svg>"), "timing"), SameHtml);

    private static bool SameHtml(CellOutput expected, CellOutput actual) => ((DataOutput)expected).Data["text/html"] == ((DataOutput)actual).Data["text/html"];

    private static DisplayOutput Chart(string figures, string picture) => Shown($"""<div><div hidden=""></div><div data-picture-of="a">{picture}</div><details{(picture.Length == 0 ? " open=\"\"" : "")}>{figures}</details><script>draw()</script></div>""");

    private static CellOutput AfterRun(CellOutput stored, CellOutput output, params string[] tags)
    {
        NotebookDocument before = new TestNotebook().Code("x", tags).ToDocument();
        before.Cells[0].Outputs = [stored];
        NotebookDocument after = new TestNotebook().Code("x", tags).ToDocument();
        after.Cells[0].Outputs = [output];
        after.Cells[0].ExecutionCount = 2;
        StoredOutputs.Keep(after, before);
        return Assert.Single(after.Cells[0].Outputs);
    }

    private static IEnumerable<CellOutput> AfterRun(params (CellOutput Stored, CellOutput Actual, string Tag)[] cells)
    {
        TestNotebook notebook = new();
        foreach (var (_, _, tag) in cells)
            notebook.Code("x", tag);
        NotebookDocument before = notebook.ToDocument();
        NotebookDocument after = notebook.ToDocument();
        for (int i = 0; i < cells.Length; i++)
            (before.Cells[i].Outputs, after.Cells[i].Outputs) = ([cells[i].Stored], [cells[i].Actual]);
        StoredOutputs.Keep(after, before);
        return after.Cells.Select(cell => Assert.Single(cell.Outputs));
    }

    private static string? Obstacle(params (CellOutput? Stored, CellOutput Actual)[] cells)
    {
        TestNotebook notebook = new();
        foreach (var _ in cells)
            notebook.Code("x", "optional-package");
        NotebookDocument before = notebook.ToDocument();
        NotebookDocument after = notebook.ToDocument();
        for (int i = 0; i < cells.Length; i++)
        {
            before.Cells[i].Outputs = cells[i].Stored is { } stored ? [stored] : [];
            after.Cells[i].Outputs = [cells[i].Actual];
        }

        return StoredOutputs.FindObstacle(after, before);
    }
}
