using AngleSharp.Html.Dom;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Content;

public class OptionTests
{
    private static readonly HandoutOptions Blank = new() { Blank = true };

    [Fact]
    public void A_blank_handout_has_lines_in_place_of_outputs()
    {
        IHtmlDocument page = Handout.Render(NotebookDocument.Load(Samples.EveryKind), Samples.EveryKind, Blank);

        Assert.Empty(page.QuerySelectorAll(".output, samp"));
        Assert.Empty(page.QuerySelectorAll("#cell-c1 .notes"));
        Assert.InRange(page.QuerySelectorAll("#cell-c2 .notes .line").Length, 3, 6);
        Assert.Equal(10, page.QuerySelectorAll("#cell-c3 .notes .line").Length);
        Assert.Equal("메모 2", page.QuerySelector("#cell-c2 .notes")!.GetAttribute("aria-label"));
        // What was never run may have an output.
        Assert.Equal(3, page.QuerySelectorAll("#cell-c6 .notes .line").Length);
    }

    [Fact]
    public void A_cell_that_was_passed_over_is_marked_as_that()
    {
        IHtmlDocument page = Handout.Render(new TestNotebook().Code("F();", [], OptionalPackages.Note("a reason").ToJson()).ToDocument());

        Assert.Equal("건너뛴 셀", page.QuerySelector(".output .label")!.TextContent);
        Assert.Equal("Skipped: a reason.", page.QuerySelector(".output samp")!.TextContent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Solutions_are_folded_unless_they_are_asked_for(bool solutions)
    {
        IHtmlDocument page = Handout.Render(
            NotebookDocument.Load(Samples.EveryKind), Samples.EveryKind, new HandoutOptions { Solutions = solutions });

        Assert.Equal(solutions, page.QuerySelector(".prose details")!.HasAttribute("open"));
        Assert.False(page.QuerySelector(".error details")!.HasAttribute("open"));
    }
}
