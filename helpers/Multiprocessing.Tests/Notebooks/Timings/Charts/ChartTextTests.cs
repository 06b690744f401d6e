using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Tests.Notebooks.Timings.Charts;

public class ChartTextTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("제곱", 4)]
    [InlineData("스레드 2", 8)]
    [InlineData("e\u0301", 1)]
    [InlineData("👍🏽", 2)]
    [InlineData("", 0)]
    public void A_syllable_takes_two_columns_and_a_combined_character_one_place(string text, int columns) =>
        Assert.Equal(columns, ChartText.Columns(text));

    [Theory]
    [InlineData("순차", "순차")]
    [InlineData("아주 아주 아주 긴 이름", "아주 아주 아…")]
    public void A_text_that_is_too_wide_ends_in_an_ellipsis_and_fits(string text, string expected)
    {
        string fitted = ChartText.Fit(text, fontSize: 10, width: 65);

        Assert.Equal(expected, fitted);
        Assert.True(ChartText.Width(fitted, 10) <= 65);
    }

    [Theory]
    [InlineData("계산하는 일", "계산하는 일")]
    [InlineData("나눌 수 없는 부분이 있는 일", "나눌 수 없는|부분이 있…")]
    [InlineData("띄어 쓰지않은아주긴이름", "띄어|쓰지않은아…")]
    public void A_label_goes_on_at_its_words_and_is_cut_on_its_last_line(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', ChartText.Wrap(text, fontSize: 10, width: 60, mostLines: 2)));

    [Fact]
    public void A_text_is_never_cut_inside_a_character()
    {
        string fitted = ChartText.Fit(string.Concat(Enumerable.Repeat("👨‍👩‍👧", 20)), fontSize: 10, width: 100);

        Assert.EndsWith("👨‍👩‍👧…", fitted, StringComparison.Ordinal);
    }

    [Fact]
    public void What_breaks_a_line_or_XML_is_replaced() =>
        Assert.Equal("한 줄 둘 \ufffd \ufffd", ChartText.Clean("한\n줄\u2028둘 \ufffe \ud83d"));
}
