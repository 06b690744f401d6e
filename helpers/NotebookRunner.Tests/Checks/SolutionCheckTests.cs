using NotebookRunner.Checks;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

public class SolutionCheckTests
{
    [Fact]
    public void A_solution_that_is_code_throws_where_its_result_is_wrong()
    {
        Assert.Empty(Problems(Solution("if (total != 55) throw new Exception($\"55가 아니라 {total}\");"), Solution("int F() => x > 0 ? x : throw new Exception();")));
        Assert.Equal(
            "a.ipynb: solution 2 (Console.WriteLine(total);): does not check its own result; let it throw where that is wrong: if (total != 55) throw new Exception($\"55가 아니라 {total}\");",
            Assert.Single(Problems(Solution("throw new Exception();"), Solution("Console.WriteLine(total);"))));
    }

    [Theory]
    [InlineData("// throw")]
    [InlineData("string s = \"throw\";")]
    [InlineData("ArgumentNullException.ThrowIfNull(x);")]
    public void What_only_looks_like_a_throw_is_none(string code) => Assert.Single(Problems(Solution(code)));

    [Fact]
    public void What_is_no_solution_or_no_code_need_not_throw() =>
        Assert.Empty(Problems("```csharp\nF();\n```", "<details><summary>풀이</summary>\n\n출력이 없습니다.\n\n```\nF();\n```\n\n</details>"));

    private static string Solution(string code) => $"문제\n\n<details><summary>풀이</summary>\n\n```csharp\n{code}\n```\n\n</details>";

    private static IEnumerable<string> Problems(params string[] markdown)
    {
        TestNotebook notebook = new();
        foreach (string text in markdown)
            notebook.Markdown(text);
        return SolutionCheck.FindProblems(notebook.ToCompleteDocument().InFile());
    }
}
