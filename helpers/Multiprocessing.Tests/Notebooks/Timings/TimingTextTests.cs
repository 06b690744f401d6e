using Multiprocessing.Timings;
using Multiprocessing.Timings.Charts;
using static Multiprocessing.Tests.Notebooks.Timings.Shown;

namespace Multiprocessing.Tests.Notebooks.Timings;

public class TimingTextTests
{
    [Fact]
    public void Plain_text_is_a_table_whose_columns_are_in_line_where_a_syllable_takes_two_columns()
    {
        var timings = new TimingComparison("세 가지 방법")
        {
            { "순차", TimeSpan.FromSeconds(12.5), TimeSpan.FromSeconds(12) },
            { "스레드", TimeSpan.FromSeconds(0.81) },
        };

        string[] lines = As("text/plain", timings).Split('\n');

        Assert.Equal(
        [
            "세 가지 방법",
            "이름       시간  이론값    속도",
            "순차    12.50초    12초   1.0배",
            "스레드   0.81초       –  15.4배",
        ], lines);
        Assert.Single(lines[1..].Select(ChartText.Columns).Distinct());
    }

    [Fact]
    public void What_was_measured_a_few_times_has_the_fastest_the_slowest_and_how_often_beside_the_median()
    {
        var timings = new TimingComparison("두 가지 방법");
        timings.Keep(new Timing("순차", new MeasuredRuns([TimeSpan.FromSeconds(0.41), TimeSpan.FromSeconds(0.42), TimeSpan.FromSeconds(0.4)]), ideal: null));
        timings.Add("다른 곳에서", TimeSpan.FromSeconds(0.82));

        Assert.Equal(
            """
            두 가지 방법
            이름         중앙값    최소    최대  횟수  이론값    속도
            순차         0.41초  0.40초  0.42초   3회       –   1.0배
            다른 곳에서  0.82초  0.82초  0.82초   1회       –  0.50배
            """.ReplaceLineEndings("\n"),
            timings.ToString());
    }

    [Fact]
    public void Plain_text_is_what_the_console_prints()
    {
        var timings = new TimingComparison("비교") { { "순차", TimeSpan.FromSeconds(1) } };

        Assert.Equal(timings.ToString(), As("text/plain", timings));
    }

    [Fact]
    public void A_name_with_line_breaks_stays_on_one_line()
    {
        var timings = new TimingComparison("비교") { { "한 줄\r\n두 줄", TimeSpan.FromSeconds(1) } };

        Assert.Equal(3, timings.ToString().Split('\n').Length);
    }

    [Fact]
    public void An_infinite_speed_up_is_left_out()
    {
        var timings = new TimingComparison("비교") { { "순차", TimeSpan.FromSeconds(1) }, { "없음", TimeSpan.Zero } };

        Assert.EndsWith("–", timings.ToString(), StringComparison.Ordinal);
    }
}
