using NotebookRunner.Handouts.Safety;

namespace NotebookRunner.Tests.Handouts.Safety;

public class PlainTextTests
{
    [Fact]
    public void Half_a_character_becomes_a_replacement_character() => Assert.Equal("a\ufffdb", PlainText.ToHtml("a\ud800b"));

    [Fact]
    public void Whole_characters_of_all_scripts_stay() => Assert.Equal("한글 😀 \t\n", PlainText.ToHtml("한글 😀 \t\n"));
}
