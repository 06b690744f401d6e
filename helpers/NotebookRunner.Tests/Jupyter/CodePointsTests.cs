using NotebookRunner.Jupyter;

namespace NotebookRunner.Tests.Jupyter;

public class CodePointsTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("😀b", 1, 2)]
    [InlineData("😀😀b", 3, 5)]
    [InlineData("한글", 1, 1)]
    [InlineData("\ud83d", 1, 1)]
    [InlineData("", 0, 0)]
    public void An_emoji_is_one(string text, int codePoints, int offset)
    {
        Assert.Equal(offset, CodePoints.ToOffset(text, codePoints));
        Assert.Equal(codePoints, CodePoints.FromOffset(text, offset));
    }

    [Theory]
    [InlineData("abc", 9, 3)]
    [InlineData("abc", -1, 0)]
    [InlineData("abc", null, 3)]
    public void A_place_that_there_is_not_is_the_nearest_one(string text, int? codePoints, int offset) => Assert.Equal(offset, CodePoints.ToOffset(text, codePoints));

    [Theory]
    [InlineData("a\nbc", 0, 0, 0)]
    [InlineData("a\nbc", 3, 1, 1)]
    [InlineData("a\n", 2, 1, 0)]
    [InlineData("a\rb\u2028c", 4, 2, 0)]
    public void A_place_has_a_line(string text, int offset, int line, int character)
    {
        var position = CodePoints.ToPosition(text, offset);
        Assert.Equal((line, character), (position.Line, position.Character));
    }
}
