using NotebookRunner.Kernels.Embedded.Language;

namespace NotebookRunner.Tests.Kernels.Embedded.Language;

public class CellCompletenessTests
{
    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("", "complete")]
    [InlineData("#r \"nuget: A, 1.0\"\nvar x = 1;", "complete")]
    [InlineData("int F() => 1;", "complete")]
    [InlineData("if (true) {", "incomplete")]
    [InlineData("foreach (int i in list)", "incomplete")]
    [InlineData("var text = \"\"\"", "incomplete")]
    [InlineData("1 +", "incomplete")]
    [InlineData("int x = ;", "invalid")]
    [InlineData("}", "invalid")]
    public void A_cell_is_complete_when_its_syntax_is(string code, string status) => Assert.Equal(status, CellCompleteness.Of(code));

    [Theory]
    [InlineData("for (;;) {", "    ")]
    [InlineData("for (;;)\n  {", "      ")]
    [InlineData("{\n    F(1,", "    ")]
    [InlineData("F(", "")]
    public void The_next_line_begins_below_the_last_one_or_within_its_brace(string code, string indent) => Assert.Equal(indent, CellCompleteness.NextIndent(code));
}
