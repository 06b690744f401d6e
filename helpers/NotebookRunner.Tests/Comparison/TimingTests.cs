using NotebookRunner.Comparison;
using NotebookRunner.Documents;
using static NotebookRunner.Tests.Comparison.Outputs;

namespace NotebookRunner.Tests.Comparison;

public class TimingTests
{
    [Theory]
    [InlineData("작업 시간 1.61초", "작업 시간 0.40초")]
    [InlineData("작업 시간 0.02초", "작업 시간 0.50초")]
    [InlineData("1,234 ms", "987 ms")]
    [InlineData("took 0.12초", "took 98.40ms")]
    [InlineData("threads    9.34 s    0.93배", "threads   10.51 s     1.0배")]
    [InlineData("2배 빠릅니다", "1.4배 빠릅니다")]
    [InlineData("-0.3", "0.1")]
    [InlineData("1.0E-05 s", "3.2E-06 s")]
    [InlineData("스레드 2개: 3.12초, 속도 1.5배.", "스레드 2개: 2.03초, 속도 0.93배.")]
    [InlineData("스레드 2개  0.29초  5회", "스레드 2개  0.51초  1회")]
    [InlineData("0.29초, 5회의 중앙값", "0.31초, 3회의 중앙값")]
    public void Measured_numbers_may_differ(string committed, string actual) => AssertSame(committed, actual);

    [Theory]
    [InlineData("작업 시간 1.61초", "작업 시간 19.61초")]
    [InlineData("작업 시간 19.61초", "작업 시간 1.61초")]
    [InlineData("0.4초", "1.0초 걸림")]
    [InlineData("0.4초", "0.4배")]
    [InlineData("제곱: 25", "제곱: 26")]
    [InlineData("p1.5", "p1.6")]
    [InlineData("5회", "10회")]
    [InlineData("version 1.2.3", "version 1.2.4")]
    [InlineData("2 배열", "3 배열")]
    [InlineData("5 ms", "900 ms")]
    [InlineData("-9.0", "9.0")]
    public void What_is_out_of_bounds_or_not_measured_may_not(string committed, string actual) => AssertDifferent(committed, actual);

    [Fact]
    public void The_order_of_lines_counts() => AssertDifferent("a\nb", "b\na");

    [Fact]
    public void A_cell_may_state_its_own_factor_and_slack()
    {
        var bounds = new TimingBounds { Numbers = new NumberBounds { Factor = 2, Slack = 0 } };

        AssertSame("1.0 s", "2.0 s", bounds);
        AssertDifferent("1.0 s", "2.1 s", bounds);
        AssertDifferent("0.0 s", "0.1 s", bounds);
    }

    [Fact]
    public void Limits_hold_whatever_the_committed_number_is()
    {
        var bounds = new TimingBounds { Numbers = new NumberBounds { Min = 0.8, Max = 1.6 } };

        AssertSame("0.8 s", "1600 ms", bounds);
        AssertDifferent("0.8 s", "0.79 s", bounds);
        AssertDifferent("0.8 s", "1.61 s", bounds);
        AssertSame("-5.5", "-900.5", new TimingBounds { Numbers = new NumberBounds { Max = 0 } });
    }

    [Fact]
    public void What_the_text_concludes_from_has_bounds_of_its_own()
    {
        var bounds = new TimingBounds { Where = [new TimingRule("스레드 2개", "배", new NumberBounds { Min = 1.2 })] };

        AssertSame("스레드 2개  0.14초  2.1배\n프로세스 2개  0.41초  0.73배", "스레드 2개  1.30초   1.2배\n프로세스 2개  0.41초  0.30배", bounds);
        AssertDifferent("스레드   2개  2.1배", "스레드 2개  1.1배", bounds);
        AssertDifferent("스레드 2개  1.1배", "스레드 2개  1.3배", bounds);
        AssertDifferent("스레드 2개  0.14초  2.1배", "스레드 2개  14초  2.1배", bounds);
    }

    [Fact]
    public void The_first_rule_that_fits_a_number_counts()
    {
        var bounds = new TimingBounds
        {
            Numbers = new NumberBounds { Factor = 1, Slack = 0 },
            Where = [new TimingRule("a", "s", new NumberBounds { Max = 2 }), new TimingRule(null, "s", new NumberBounds { Max = 20 })],
        };

        AssertSame("a 1 s", "a 2 s", bounds);
        AssertDifferent("a 1 s", "a 3 s", bounds);
        AssertSame("b 1 s", "b 3000 ms", bounds);
        AssertDifferent("b 1 x", "b 2 x", bounds);
    }

    [Fact]
    public void A_unit_of_time_stands_for_all_of_them_and_none_for_a_number_without()
    {
        AssertDifferent("1 s", "20 ms", new TimingBounds { Where = [new TimingRule(null, "초", new NumberBounds { Min = 0.9 })] });
        AssertDifferent("1.5 of 3 s", "1.6 of 3 s", new TimingBounds { Where = [new TimingRule(null, "", new NumberBounds { Max = 1.5 })] });
        AssertSame("1.5 of 3 s", "1.4 of 4 s", new TimingBounds { Where = [new TimingRule(null, "", new NumberBounds { Max = 1.5 })] });
    }

    [Fact]
    public void The_number_that_is_out_of_its_bounds_is_told()
    {
        var bounds = new TimingBounds { Where = [new TimingRule("threads", "x", new NumberBounds { Min = 1.2 })] };

        Assert.Equal("1.1x for 2.1x (min 1.2)", Find("threads 0.14s  2.1x", "threads 0.15s  1.1x", bounds)!.OutOfBounds);
        Assert.Equal("8s for 0.14s (factor 10, slack 0.5)", Find("threads 0.14s  2.1x", "threads 8s  2.1x", bounds)!.OutOfBounds);
        Assert.Null(Find("threads 0.14s", "Threads 8s", bounds)!.OutOfBounds);
    }

    [Fact]
    public void Whole_numbers_are_measured_where_the_cell_says_so()
    {
        AssertDifferent("balance: -512", "balance: -498");
        AssertSame("balance: -512", "balance: -498", new TimingBounds { WholeNumbers = true });
        AssertSame("balance: -512", "balance: 77", new TimingBounds { WholeNumbers = true, Numbers = new NumberBounds { Min = -1000, Max = 1000 } });
    }

    [Fact]
    public void Of_a_chart_the_text_counts_and_neither_geometry_nor_axes()
    {
        static DisplayOutput Chart(string time, string width, string tick, string name = "serial") => Shown($"""
            <div><svg width="{width}"><title>Runs</title><desc>{name}: {time}</desc><text>{tick}</text></svg>
            <table><tr><th>{name}</th><td>{time}</td></tr></table></div>
            """);
        var relaxation = new Relaxation(AnyOrder: false, TimingBounds.Default);

        Assert.Null(OutputComparison.Find([Chart("1.61초", "322", "1초")], [Chart("2.02초", "404.5", "2초")], relaxation));
        Assert.NotNull(OutputComparison.Find([Chart("1.61초", "322", "1초")], [Chart("1.61초", "322", "1초", name: "threads")], relaxation));
        Assert.NotNull(OutputComparison.Find([Chart("1.61초", "322", "1초")], [Chart("32.2초", "322", "1초")], relaxation));
    }

    [Fact]
    public void A_row_of_a_chart_is_a_line()
    {
        static DisplayOutput Chart(string first, string second) => Shown($"""
            <div><svg><title>Runs</title><desc>serial: {first}, base. Parallel.For: {second}.</desc></svg>
            <table><tr><th>serial</th><td>{first}</td></tr><tr><th>Parallel.For</th><td>{second}</td></tr></table></div>
            """);
        var relaxation = new Relaxation(AnyOrder: false, new TimingBounds { Where = [new TimingRule("Parallel.For", "x", new NumberBounds { Min = 1.2 })] });

        Assert.Null(OutputComparison.Find([Chart("1.0x", "2.0x")], [Chart("1.1x", "1.2x")], relaxation));
        Assert.Equal("1.1x for 2.0x (min 1.2)", OutputComparison.Find([Chart("1.0x", "2.0x")], [Chart("1.1x", "1.1x")], relaxation)!.OutOfBounds);
    }

    [Fact]
    public void Of_a_picture_only_that_it_is_there_counts()
    {
        var relaxation = new Relaxation(AnyOrder: false, TimingBounds.Default);

        Assert.Null(OutputComparison.Find([Shown("AAAA", "image/png")], [Shown("BBBB", "image/png")], relaxation));
        Assert.NotNull(OutputComparison.Find([Shown("AAAA", "image/png")], [], relaxation));
    }

    private static void AssertSame(string committed, string actual, TimingBounds? bounds = null) => Assert.Null(Find(committed, actual, bounds));

    private static void AssertDifferent(string committed, string actual, TimingBounds? bounds = null) => Assert.NotNull(Find(committed, actual, bounds));

    private static OutputDifference? Find(string committed, string actual, TimingBounds? bounds) =>
        OutputComparison.Find([Printed(committed)], [Printed(actual)], new Relaxation(AnyOrder: false, bounds ?? TimingBounds.Default));
}
