using NotebookRunner.Checks;
using NotebookRunner.Documents;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Checks;

public class OneRunCheckTests
{
    private const string Comparison = """
        제곱과 세제곱
        이름            시간  이론값   속도
        순차          0.80초   0.8초  1.0배
        스레드 2개    0.40초   0.4초  2.0배
        """;

    private const string Timeline = """
        무엇이 언제 실행되었나
        구간     실행 위치    시작      끝    시간
        제곱      스레드 1  0.00초  0.10초  0.10초
        제곱      스레드 2  0.01초  0.11초  0.10초
        """;

    [Fact]
    public void An_object_that_two_cells_show_has_the_same_figures_in_both()
    {
        Assert.Empty(Problems(Comparison, Timeline, Comparison, Timeline));
        Assert.Equal(
            "a.ipynb: code cell 2 (shown): shows '제곱과 세제곱' with other figures than code cell 1 ('순차' has 0.82초 here and 0.80초 there): "
                + "the two are of different runs, and 'run --in-place' stores the outputs of one; or they are two measurements, which need two titles",
            Assert.Single(Problems(Comparison, Comparison.Replace("0.80초", "0.82초", StringComparison.Ordinal))));
        Assert.Contains(
            "code cell 3 (shown): shows '무엇이 언제 실행되었나' with other figures than code cell 1 ('제곱')",
            Assert.Single(Problems(Timeline, Comparison, Timeline.Replace("0.01초", "0.02초", StringComparison.Ordinal))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_columns_that_come_later_are_no_other_figures()
    {
        Assert.Empty(Problems(Comparison, Comparison + "\n프로세스 2개  0.42초   0.4초  1.9배"));
        Assert.Empty(Problems(Timeline, Timeline + "\n제곱      스레드 1  0.11초  0.21초  0.10초", Timeline));
        Assert.Empty(Problems(Comparison, "제곱과 세제곱\n이름   중앙값    최소    최대  횟수  이론값   속도\n순차   0.83초  0.81초  0.85초   5회   0.8초  1.0배"));
        Assert.Empty(Problems("T\n이름    시간  속도\na     98.4ms     –", "T\n이름    시간   속도\na     0.10초  1.0배\nb     9.00초  0.01배"));
        Assert.NotEmpty(Problems("T\n이름    시간  속도\na     98.4ms     –", "T\n이름    시간   속도\na     0.11초  1.0배\nb     9.00초  0.01배"));
    }

    [Fact]
    public void Another_title_is_another_object_and_what_is_no_chart_has_no_figures()
    {
        Assert.Empty(Problems(Comparison, Comparison.Replace("0.80초", "0.82초", StringComparison.Ordinal).Replace("제곱과", "두 번째 제곱과", StringComparison.Ordinal)));
        Assert.Empty(Problems("[ 1, 2 ]", "[ 1, 3 ]", "a\nb\nc 1", "a\nb\nc 2", ""));
    }

    private static IEnumerable<string> Problems(params string[] shown)
    {
        TestNotebook notebook = new();
        foreach (string text in shown)
        {
            notebook.Code("shown", [], new DisplayOutput(new MimeBundle(
                [KeyValuePair.Create("text/html", "<div></div>"), KeyValuePair.Create("text/plain", text.ReplaceLineEndings("\n"))])).ToJson());
        }

        return OneRunCheck.FindProblems(notebook.ToCompleteDocument().InFile());
    }
}
