using NotebookRunner.Handouts.Terminals;

namespace NotebookRunner.Tests.Handouts.Terminals;

public class TerminalTextTests
{
    [Theory]
    [InlineData("a\r\nb\r\r\nc", "a\nb\nc")]
    [InlineData("\r0%\r50%\r100%\ndone\n", "100%\ndone\n")]
    [InlineData("10%\r 50%\r100%", "100%")]
    [InlineData("abc\rX", "Xbc")]
    [InlineData("12345\b\b67|\b\b\b\b\b\b\bA", "A2367|")]
    [InlineData("working |\b/\b-\b \bdone", "working done")]
    [InlineData("가나다\r라", "라나다")]
    [InlineData("😀😀\rx", "x😀")]
    public void What_is_written_over_is_gone(string text, string shown) => Assert.Equal(shown, TerminalText.Of(text).Text);

    [Theory]
    [InlineData("abcdef\r\u001b[Kxy", "xy")]
    [InlineData("abcdef\u001b[2K\rxy", "xy")]
    [InlineData("abcdef\u001b[3D\u001b[1Kx", "   xef")]
    [InlineData("a\u001b[4Cb\u001b[2Gc", "ac   b")]
    [InlineData("one 1%\ntwo 1%\n\u001b[2A\rone 9%\n\rtwo 9%\nend", "one 9%\ntwo 9%\nend")]
    [InlineData("one\ntwo\nthree\u001b[1F\u001b[Jx", "one\nx")]
    [InlineData("one\u001b[2J\u001b[Htwo", "onetwo")]
    [InlineData("a\u001b[999999999Cb", 502)]
    public void The_cursor_goes_where_it_is_sent(string text, object shown)
    {
        string read = TerminalText.Of(text).Text;

        if (shown is int length)
            Assert.InRange(read.Length, 2, length);
        else
            Assert.Equal(shown, read);
    }

    [Theory]
    [InlineData("\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "alink")]
    [InlineData("\u001bPq data\u001b\\a\u001b(Bb\u001b=c\u009b1md", "abcd")]
    [InlineData("\u001b]0;never closed\nnext line", "\u001b]0;never closed\nnext line")]
    [InlineData("a\u001b[3", "a\u001b[3")]
    [InlineData("a\u001b[3\nb", "a\u001b[3\nb")]
    public void A_sequence_is_not_shown_and_what_is_none_is(string text, string shown) => Assert.Equal(shown, TerminalText.Of(text).Text);

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m plain", "<span class=\"tint\" style=\"--on-light:#cd3131;--on-dark:#d75a5a\">red</span> plain")]
    [InlineData("\u001b[1;4mboth\u001b[24mbold\u001b[22m", "<span class=\"tint\" style=\"font-weight:bold;text-decoration:underline\">both</span><span class=\"tint\" style=\"font-weight:bold\">bold</span>")]
    [InlineData("\u001b[38;5;16;48;5;231mx", "<span class=\"tint\" style=\"color:#000000;background:#ffffff\">x</span>")]
    [InlineData("\u001b[38;2;255;255;255mwhite", "<span class=\"tint\" style=\"--on-light:#727272;--on-dark:#ffffff\">white</span>")]
    [InlineData("\u001b[38:2::0:0:0mblack", "<span class=\"tint\" style=\"--on-light:#000000;--on-dark:#7f7f7f\">black</span>")]
    [InlineData("\u001b[7minverse", "<span class=\"tint\" style=\"color:var(--paper);background:var(--ink)\">inverse</span>")]
    [InlineData("\u001b[3ma<b\n\u001b[mc", "<span class=\"tint\" style=\"font-style:italic\">a&lt;b\n</span>c")]
    [InlineData("\u001b[38;5mx\u001b[38;9mx\u001b[999;;mx\u001b[?25lx\u001b[>4;1mx", "xxxxx")]
    public void Colours_hold_until_the_next_and_can_be_read_on_both_papers(string text, string html)
    {
        var shown = TerminalText.Of(text);

        Assert.Equal(html, shown.ToHtml(shown.Text.Length));
    }

    [Fact]
    public void What_is_cut_ends_in_its_colour()
    {
        Assert.Equal("a<span class=\"tint\" style=\"font-weight:bold\">b</span>", TerminalText.Of("a\u001b[1mbc\u001b[0md").ToHtml(2));
        Assert.Equal("a", TerminalText.Of("ab\u001b[1mbc").ToHtml(1));
    }

    [Fact]
    public void Megabytes_of_colours_and_bars_are_read_at_once()
    {
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"\r\u001b[3{i % 8}m{i}%\u001b[0m\u001b[K {new string('x', 40)}{(i % 100 == 99 ? "\n" : "")}"));

        Assert.Equal(1_001, TerminalText.Of(text).Text.Split('\n').Length);
    }

    [Fact]
    public void A_few_characters_do_not_become_gigabytes() =>
        Assert.InRange(TerminalText.Of(string.Concat(Enumerable.Repeat("\u001b[500Cx\n", 100_000))).Text.Length, 0, 2_000_000);
}
