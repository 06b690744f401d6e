using NotebookRunner.Documents;
using NotebookRunner.Handouts.Terminals;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Handouts.Terminals;

public class StreamBlocksTests
{
    private static readonly DisplayOutput Figure = new(new MimeBundle([KeyValuePair.Create("text/plain", "figure")]));

    [Fact]
    public void Pieces_in_a_row_are_one_output() =>
        Assert.Equal([("o", "\r0%\r50%\r100%\ndone\n")], Join(("o", "\r0%"), ("o", "\r50%"), ("o", "\r100%"), ("o", "\ndone\n")));

    [Fact]
    public void A_line_that_another_stream_interrupts_is_one_line() =>
        Assert.Equal([("o", "ab\n"), ("e", "xy\n"), ("o", "c\n")], Join(("o", "a"), ("e", "x"), ("o", "b\nc\n"), ("e", "y\n")));

    [Fact]
    public void A_progress_bar_between_lines_of_the_other_stream_is_one_bar() =>
        Assert.Equal([("e", "\r1%\r2%\r3%\n"), ("o", "a\nb\n")], Join(("e", "\r1%"), ("o", "a\n"), ("e", "\r2%"), ("o", "b\n"), ("e", "\r3%\n")));

    [Fact]
    public void A_bar_that_ends_with_its_return_goes_on_past_a_figure() =>
        Assert.Equal([("e", "1%\r2%\r3%\n"), ("", "figure"), ("e", "end\n")], Join(("e", "1%\r"), ("", ""), ("e", "2%\r3%\nend\n")));

    [Fact]
    public void What_was_printed_after_a_figure_stays_after_it() =>
        Assert.Equal([("o", "before: "), ("", "figure"), ("o", "after\n")], Join(("o", "before: "), ("", ""), ("o", "after\n")));

    [Theory]
    [InlineData("a\u001b", "[31mb\n")]
    [InlineData("a\u001b[3", "1mb\n")]
    [InlineData("a\u001b[38;5", ";1mb\n")]
    [InlineData("a\u001b]0;ti", "tle\u0007b\n")]
    [InlineData("a\u001b]0;title\u001b", "\\b\n")]
    public void A_sequence_that_is_split_is_whole(string first, string second)
    {
        Assert.Equal([("o", first + second), ("e", "x\n")], Join(("o", first), ("e", "x\n"), ("o", second)));
        Assert.Equal("ab\n", TerminalText.Of(Join(("o", first), ("", ""), ("o", second))[0].Text + Join(("o", first), ("", ""), ("o", second))[2].Text).Text);
    }

    [Fact]
    public void A_colour_goes_on_where_its_stream_does()
    {
        Assert.Equal([("o", "\u001b[1;31ma\n"), ("e", "x\n"), ("o", "\u001b[1;38;2;205;49;49mb\n")], Join(("o", "\u001b[1;31ma\n"), ("e", "x\n"), ("o", "b\n")));
        Assert.Equal([("o", "\u001b[31ma\u001b[0m\n"), ("e", "x\n"), ("o", "b\n")], Join(("o", "\u001b[31ma\u001b[0m\n"), ("e", "x\n"), ("o", "b\n")));
    }

    [Fact]
    public void The_page_shows_the_last_state()
    {
        var page = Handout.Render(new TestNotebook().Code("x", [], new StreamOutput("stdout", "\r0%").ToJson(), new StreamOutput("stderr", "e\n").ToJson(), new StreamOutput("stdout", "\r100%\n").ToJson()).ToDocument());

        Assert.Equal(["100%", "e"], page.QuerySelectorAll("samp").Select(samp => samp.TextContent));
    }

    [Fact]
    public void Many_pieces_take_no_time()
    {
        CellOutput[] pieces = [.. Enumerable.Range(0, 100_000).Select(i => new StreamOutput(i % 2 == 0 ? "stdout" : "stderr", "\r1"))];

        Assert.Equal(2, StreamBlocks.Join(pieces).Count);
    }

    // o and e are the streams; a name that is empty is a figure.
    private static (string Name, string Text)[] Join(params (string Name, string Text)[] pieces) =>
    [
        .. StreamBlocks.Join([.. pieces.Select(piece => piece.Name.Length == 0 ? (CellOutput)Figure : new StreamOutput(piece.Name, piece.Text))])
            .Select(output => output is StreamOutput stream ? (stream.Name, stream.Text) : ("", "figure")),
    ];
}
