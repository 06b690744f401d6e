using System.Text;
using NotebookRunner.Checks;
using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Checks;

public class SourceLineCheckTests
{
    [Theory]
    [InlineData("""["// note", "var a = 1;"]""", "// note")]
    [InlineData("""["// note\n", "int a = 1;", "a"]""", "int a = 1;")]
    public void A_line_without_an_end_that_others_follow_is_told(string source, string line)
    {
        string problem = Assert.Single(Find("code", source));

        Assert.StartsWith("a.ipynb: code cell 1 (// note", problem, StringComparison.Ordinal);
        Assert.EndsWith($"""): in its list of lines, "{line}" has no \n at its end, and is one line with what follows. Write each line but the last as "...\n".""", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("[]")]
    [InlineData("[\"a\"]")]
    [InlineData("[\"a\\n\", \"b\"]")]
    [InlineData("[\"a\\n\", \"\\n\", \"b\\n\"]")]
    [InlineData("[\"a\\r\\n\", \"b\"]")]
    public void What_has_its_line_ends_is_as_it_should_be(string source) => Assert.Empty(Find("code", source));

    [Fact]
    public void Text_is_looked_at_too() => Assert.StartsWith("a.ipynb: cell 1 ", Assert.Single(Find("markdown", """["# title", "text"]""")), StringComparison.Ordinal);

    private static IEnumerable<string> Find(string kind, string source) => SourceLineCheck.FindProblems(NotebookDocument.Parse(
        Encoding.UTF8.GetBytes($$"""{"cells":[{"cell_type":"{{kind}}","metadata":{},"source":{{source}}}],"metadata":{},"nbformat":4,"nbformat_minor":5}"""), "a.ipynb").InFile());
}
