using System.Globalization;
using System.Reflection;
using Multiprocessing.Tests.Notebooks.Timings;

namespace Multiprocessing.Tests.Notebooks.Display;

public class SummaryTests
{
    public static TheoryData<Type> Types =>
    [
        typeof(WorkerProcess), typeof(WorkerPool), typeof(SharedArray<>), typeof(SharedValue<>), typeof(SharedDictionary<,>), typeof(ProcessQueue<>), typeof(ProcessPipeEnd<,>), typeof(ProcessLock),
        typeof(WorkerException), typeof(WorkerDiedException), typeof(NotShippableException),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_kernel_is_asked_for_HTML_and_plain_text_at_once(Type type)
    {
        object attribute = Assert.Single(type.GetCustomAttributes(inherit: true), static candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        PropertyInfo preferred = attribute.GetType().GetProperty("PreferredMimeTypes")!;

        Assert.Equal(["text/html", "text/plain"], (string[])preferred.GetValue(attribute)!);
    }

    [Fact]
    public void A_process_is_shown_from_before_its_start_to_after_its_end()
    {
        using SharedValue<bool> go = new();
        using WorkerProcess worker = new(() => SpinWait.SpinUntil(() => go.Value)) { Name = "<계산>\u0001" };
        Assert.Equal([("이름", "<계산>"), ("상태", "시작하지 않음")], Rows(worker));
        Assert.Equal("<계산> : not started", Shown.As("text/plain", worker));

        worker.Start();
        Assert.Equal([("이름", "<계산>"), ("상태", "실행 중"), ("프로세스 번호", Text(worker.Id))], Rows(worker));

        go.Value = true;
        worker.Join();
        Assert.Equal([("이름", "<계산>"), ("상태", "끝남"), ("프로세스 번호", Text(worker.Id)), ("종료 코드", "0")], Rows(worker));

        worker.Dispose();
        Assert.Equal("끝남, 해제됨 (disposed)", Row(worker, "상태"));
        Assert.EndsWith("exit code 0), disposed", Shown.As("text/plain", worker), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_failed_says_why()
    {
        using WorkerProcess thrower = new(() => throw new ArgumentException("no good"));
        thrower.Start();
        Assert.Throws<WorkerException>(thrower.Join);
        Assert.Equal(("예외로 끝남", "1"), (Row(thrower, "상태"), Row(thrower, "종료 코드")));
        Assert.Contains("no good", Row(thrower, "예외"), StringComparison.Ordinal);

        using WorkerProcess sleeper = new(() => Thread.Sleep(Timeout.Infinite));
        sleeper.Start();
        sleeper.Kill();
        sleeper.Join();
        Assert.Equal("강제로 끝남", Row(sleeper, "상태"));
        Assert.DoesNotContain("예외", Rows(sleeper).Select(static row => row.Label));
    }

    [Fact]
    public void A_dictionary_and_a_pipe_are_shown_with_what_is_in_them()
    {
        using SharedDictionary<string, int> dictionary = new() { ["a"] = 1 };
        Assert.Equal([("항목 수", "1")], Rows(dictionary));
        Assert.Equal("SharedDictionary<String, Int32>: 1 entry", Shown.As("text/plain", dictionary));

        (ProcessPipeEnd<int, string> end, ProcessPipeEnd<string, int> other) = ProcessPipe.Create<int, string>();
        using ProcessPipeEnd<string, int> receiver = other;
        end.Send(1);
        Assert.Equal([("받을 항목 수", "1"), ("상태", "열림")], Rows(receiver));
        end.Dispose();
        Assert.Equal("반대쪽 끝이 닫힘", Row(receiver, "상태"));
        Assert.Equal("ProcessPipeEnd<String, Int32>: 1 to receive, other end closed", Shown.As("text/plain", receiver));
    }

    [Fact]
    public void A_process_that_was_asked_to_end_says_so()
    {
        using WorkerProcess worker = new(static () => Thread.Sleep(Timeout.Infinite));
        worker.Start();
        worker.Terminate();
        worker.Join();

        Assert.Equal("요청을 받고 끝남", Row(worker, "상태"));
    }

    [Fact]
    public void A_disposed_object_says_so()
    {
        WorkerProcess process = new(static () => { });
        WorkerPool pool = new(1);
        SharedArray<int> array = new(1);
        SharedValue<int> value = new(1);
        SharedDictionary<string, int> dictionary = new();
        ProcessQueue<int> queue = new();
        ProcessLock gate = new();
        (ProcessPipeEnd<int, string> end, ProcessPipeEnd<string, int> otherEnd) = ProcessPipe.Create<int, string>();
        IDisposable[] all = [process, pool, array, value, dictionary, queue, gate, end, otherEnd];

        Assert.All(all, static one =>
        {
            Assert.DoesNotContain("disposed", Shown.As("text/html", one), StringComparison.Ordinal);
            one.Dispose();
            Assert.Contains("disposed", Row(one, "상태"), StringComparison.Ordinal);
            Assert.EndsWith("disposed", Shown.As("text/plain", one), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_pool_shows_how_many_of_its_workers_have_something_to_do()
    {
        using SharedValue<bool> go = new();
        using WorkerPool pool = new(2);
        using WorkerPool limited = new(1, processorsPerWorker: 3);
        Assert.Equal(("2", "0"), (Row(pool, "작업 프로세스 수"), Row(pool, "일하는 작업 프로세스")));
        Assert.Equal("3", Row(limited, "각각에 보이는 프로세서 수"));

        Task run = pool.RunAsync(() => SpinWait.SpinUntil(() => go.Value));
        Assert.True(SpinWait.SpinUntil(() => Row(pool, "일하는 작업 프로세스") == "1", TimeSpan.FromSeconds(60)));
        Task completion = pool.CompleteAsync();
        Assert.Equal("맡은 일을 마무리하는 중", Row(pool, "상태"));

        go.Value = true;
        await run;
        await completion;
    }

    [Fact]
    public void An_array_shows_its_length_and_its_first_elements()
    {
        using SharedArray<int> few = new([4, 9, 16]);
        using SharedArray<int> many = new([.. Enumerable.Range(1, 21)]);

        Assert.Equal([("길이", "3"), ("원소", "4, 9, 16")], Rows(few));
        Assert.EndsWith("19, 20, …", Row(many, "원소"), StringComparison.Ordinal);
        Assert.Equal("SharedArray<Int32>[3] { 4, 9, 16 }", Shown.As("text/plain", few));
    }

    [Fact]
    public void Numbers_look_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            using SharedArray<double> array = new([0.5]);
            using SharedValue<double> value = new(0.5);

            Assert.Equal("SharedArray<Double>[1] { 0.5 }", Shown.As("text/plain", array));
            Assert.Equal(("0.5", "0.5"), (Row(array, "원소"), Row(value, "값")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Elements_that_are_no_text_do_not_break_it()
    {
        using SharedArray<char> array = new(['<', '\0', '\uD800', '&']);

        Assert.Equal("<,  , \uFFFD, &", Row(array, "원소"));
        Assert.DoesNotContain('\0', Shown.As("text/plain", array));
    }

    [Fact]
    public void Elements_that_fail_to_say_what_they_are_do_not_fail_the_cell()
    {
        using SharedArray<Speechless> array = new(1);

        Assert.Contains(nameof(NotSupportedException), Row(array, "상태"), StringComparison.Ordinal);
        Assert.Contains(nameof(NotSupportedException), Shown.As("text/plain", array), StringComparison.Ordinal);
    }

    [Fact]
    public void Showing_a_queue_takes_nothing_from_it()
    {
        using ProcessQueue<string> queue = new(3);
        queue.Enqueue("a");
        queue.CompleteAdding();

        Assert.Equal([("항목 수", "1"), ("용량", "3"), ("상태", "추가 완료")], Rows(queue));
        Assert.Equal("a", queue.Dequeue());

        using ProcessQueue<string> free = new();
        Assert.Equal([("항목 수", "0"), ("용량", "제한 없음"), ("상태", "추가할 수 있음")], Rows(free));
    }

    [Fact]
    public void A_lock_that_is_held_elsewhere_is_not_waited_for()
    {
        using ProcessLock gate = new();
        Assert.Equal("잠기지 않음", Row(gate, "상태"));

        using (gate.EnterScope())
        {
            string elsewhere = "";
            Thread other = new(() => elsewhere = Row(gate, "상태"));
            other.Start();

            Assert.True(other.Join(TimeSpan.FromSeconds(60)));
            Assert.Equal(("이 스레드가 잠금", "다른 스레드나 프로세스가 잠금"), (Row(gate, "상태"), elsewhere));
        }
    }

    private static string Row(object instance, string label) => Assert.Single(Rows(instance), row => row.Label == label).Value;

    private static (string Label, string Value)[] Rows(object instance) =>
        [.. Shown.Html(instance).Descendants("tr").Select(static row => (row.Element("th")!.Value, row.Element("td")!.Value))];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly struct Speechless
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
