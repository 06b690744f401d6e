using NotebookRunner.Comparison;
using NotebookRunner.Documents;
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
}
