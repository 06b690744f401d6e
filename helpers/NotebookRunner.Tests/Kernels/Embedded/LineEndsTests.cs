using NotebookRunner.Kernels;
using NotebookRunner.Kernels.Embedded;

namespace NotebookRunner.Tests.Kernels.Embedded;

public sealed class LineEndsTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Theory]
    [InlineData("a\r\n\r\nb\r\n", "a\n\nb\n")]
    [InlineData("10%\r20%\n\r", "10%\r20%\n\r")]
    public void On_Windows_the_two_characters_become_one(string text, string expected)
    {
        Assert.Equal(expected, LineEnds.Unify(text, isWindows: true));
        Assert.Equal(text, LineEnds.Unify(text, isWindows: false));
    }

    [Fact]
    public async Task What_a_cell_prints_shows_and_throws_has_no_other_line_end_on_any_system()
    {
        var result = await kernels.RunAsync("""
            Console.WriteLine("a");
            Console.Error.Write($"b{Environment.NewLine}");
            display($"c{Environment.NewLine}d");
            throw new InvalidOperationException($"e{Environment.NewLine}f");
            """);

        Assert.Equal("a\n", result.Output());
        Assert.Equal("b\n", result.ErrorOutput());
        Assert.Contains("c\nd", result.Events.OfType<ValueDisplayed>().Single().MimeBundle["text/plain"], StringComparison.Ordinal);
        Assert.Contains("e\nf", result.Error().Message, StringComparison.Ordinal);
    }
}
