using System.Xml.Linq;
using Multiprocessing.Tests.Cells;
using Multiprocessing.Tests.Notebooks.Timings;

namespace Multiprocessing.Tests.Notebooks.Display;

public class ExceptionSummaryTests
{
    [Fact]
    public async Task An_exception_of_a_worker_shows_what_it_was_and_where_it_was_thrown()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(static () =>
            throw new ArgumentException("<b>\u001b[31m & \n둘째 줄")));

        XElement html = Shown.Html(error);

        Assert.Equal("WorkerException", html.Descendants("caption").Single().Value);
        Assert.EndsWith(": <b> [31m &\n둘째 줄", Cell(html, "메시지"), StringComparison.Ordinal);
        Assert.Equal(typeof(ArgumentException).FullName, Cell(html, "원래 예외 형식"));
        Assert.StartsWith($"{typeof(ExceptionSummaryTests)}.", Cell(html, "던진 곳"), StringComparison.Ordinal);
        Assert.Contains(nameof(ExceptionSummaryTests), html.Descendants("pre").Single().Value, StringComparison.Ordinal);
        Assert.Empty(html.Descendants("b"));
        Assert.StartsWith($"{typeof(WorkerException)}: ", Shown.As("text/plain", error), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Shown.As("text/plain", error));
    }

    [Fact]
    public async Task The_place_is_the_readers_own_line_rather_than_one_of_NET()
    {
        object? error = await new Notebook().RunAsync(
            "int Parse(string text) => int.Parse(text);",
            "Exception thrown = null; try { await WorkerProcess.RunAsync(() => Parse(\"없음\")); } catch (WorkerException e) { thrown = e; } thrown");

        Assert.Matches(@"^Submission#\d+\.Parse\(String text\)", Cell(Shown.Html(error!), "던진 곳"));
    }

    [Fact]
    public void A_failed_input_of_a_pool_is_named_with_the_number_of_others()
    {
        using WorkerPool pool = new(2);
        WorkerException error = Assert.Throws<WorkerException>(() => pool.Map(static i => i > 0 ? throw new InvalidOperationException() : i, [0, 1, 2]));

        XElement html = Shown.Html(error);

        Assert.Equal(("1", "1"), (Cell(html, "입력 위치 (0부터)"), Cell(html, "다른 입력의 예외 수")));
    }

    [Fact]
    public async Task A_death_shows_how_the_process_ended()
    {
        WorkerDiedException error = await Assert.ThrowsAsync<WorkerDiedException>(() => WorkerProcess.RunAsync(static () => Environment.Exit(7)));

        XElement html = Shown.Html(error);

        Assert.Equal("7", Cell(html, "종료 코드"));
        Assert.Equal(error.WorkerName, Cell(html, "작업 프로세스"));
        Assert.Empty(html.Descendants("pre"));
    }

    [Fact]
    public void A_worker_that_has_exceeded_a_limit_is_shown_with_that()
    {
        using WorkerProcess worker = new(static () => Thread.Sleep(Timeout.Infinite)) { TimeLimit = TimeSpan.FromMilliseconds(100) };
        worker.Start();

        Assert.Equal("시간", Cell(Shown.Html(Assert.Throws<WorkerDiedException>(worker.Join)), "넘은 제한"));
    }

    [Fact]
    public async Task What_cannot_be_shipped_is_shown_with_its_type()
    {
        using FileStream file = File.OpenRead(typeof(ExceptionSummaryTests).Assembly.Location);
        NotShippableException error = await Assert.ThrowsAsync<NotShippableException>(() => WorkerProcess.RunAsync(() => file.Length));

        XElement html = Shown.Html(error);

        Assert.Equal(error.Message, Cell(html, "메시지"));
        Assert.Equal(error.Culprit!.ToString(), Cell(html, "보낼 수 없는 형식"));
    }

    [Fact]
    public void An_exception_that_knows_nothing_shows_its_message_alone() =>
        Assert.All(
            new Exception[] { new WorkerException("why"), new WorkerDiedException("why"), new NotShippableException("why") },
            static error => Assert.Equal("why", Cell(Assert.Single(Shown.Html(error).Descendants("tbody"), static body => body.Elements().Count() == 1), "메시지")));

    [Fact]
    public void An_inner_exception_that_cannot_speak_does_not_fail_the_cell() =>
        Assert.Equal("WorkerException: why", Shown.As("text/plain", new WorkerException("why", new SpeechlessException())));

    private static string Cell(XElement html, string label) =>
        html.Descendants("tr").Single(row => row.Element("th")!.Value == label).Element("td")!.Value;

    private sealed class SpeechlessException : Exception
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
