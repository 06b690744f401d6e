using System.Diagnostics;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

public class OutputTests(TestHost test) : IClassFixture<TestHost>
{
    [Fact]
    public void What_a_worker_prints_appears_where_it_is_waited_for()
    {
        using WorkerProcess worker = new(test.Host, () =>
        {
            Console.WriteLine("안녕하세요 🙂");
            Console.Error.WriteLine("조심");
            Console.Write("끝");
        });
        worker.Start();
        using TestCell cell = test.BeginCell();
        worker.Join();

        Assert.Equal("안녕하세요 🙂\n끝", cell.Output);
        Assert.Equal("조심\n", cell.Error);
    }

    [Fact]
    public void In_a_program_without_cells_it_appears_at_once_where_the_worker_was_started()
    {
        using TestHost program = new() { RunsCells = false };
        using TestCell cell = program.BeginCell();
        using WorkerProcess worker = new(program.Host, static () => Console.WriteLine("at once"));
        worker.Start();

        Assert.True(Rendezvous.Await(() => cell.Output == "at once\n"));
    }

    [Fact]
    public void Lines_appear_while_the_worker_runs()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, () =>
        {
            Console.WriteLine("first");
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => cell.Output.Length > 0);

        Assert.Equal("first\n", cell.Output);
    }

    [Fact]
    public void A_line_without_an_end_appears_after_a_moment()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, () =>
        {
            Console.Write("진행 중...");
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        worker.JoinUntil(() => cell.Output.Length > 0);

        Assert.Equal("진행 중...", cell.Output);
    }

    [Fact]
    public void Lines_of_two_workers_never_mix_within_a_line()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess first = new(test.Host, () => Print('a'));
        using WorkerProcess second = new(test.Host, () => Print('b'));
        first.Start();
        second.Start();
        first.Join();
        second.Join();

        string[] lines = cell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, lines.Length);
        Assert.All(lines, static line => Assert.True(line == new string(line[0], 20), line));
    }

    [Fact]
    public void A_wait_for_one_worker_shows_what_another_prints_meanwhile()
    {
        using SharedValue<bool> printed = new();
        using WorkerProcess quick = new(test.Host, () =>
        {
            Console.WriteLine("quick");
            printed.Value = true;
        });
        using WorkerProcess slow = new(test.Host, () =>
        {
            SpinWait.SpinUntil(() => printed.Value);
            Thread.Sleep(500);
        });
        slow.Start();
        quick.Start();
        using TestCell cell = test.BeginCell();
        slow.Join();

        Assert.Equal("quick\n", cell.Output);
    }

    [Fact]
    public void A_flood_arrives_whole_and_in_order()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                Console.WriteLine(i);
            }
        });
        worker.Start();
        worker.Join();

        string[] lines = cell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(100_000, lines.Length);
        Assert.Equal(Enumerable.Range(0, 100_000).Select(static i => $"{i}"), lines);
    }

    [Fact]
    public void What_is_printed_before_a_crash_is_not_lost()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () =>
        {
            Console.WriteLine("before");
            Console.Write("half a line");
            Environment.FailFast("crash");
        });
        worker.Start();

        Assert.Throws<WorkerDiedException>(worker.Join);
        Assert.Equal("before\nhalf a line", cell.Output);
    }

    [Fact]
    public void What_child_processes_and_raw_streams_print_is_shown_too()
    {
        using TestCell cell = test.BeginCell();
        using WorkerProcess worker = new(test.Host, static () =>
        {
            using Process child = Programs.Echo("자식");
            child.WaitForExit();
            using Stream raw = Console.OpenStandardOutput();
            raw.Write("raw\n"u8);
        });
        worker.Start();
        worker.Join();

        Assert.Equal("자식\nraw\n", cell.Output);
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        Assert.Null(await WorkerProcess.RunAsync(Console.ReadLine));
    }

    [Fact]
    public async Task What_a_run_prints_is_shown_before_its_result_is_there()
    {
        using TestCell cell = test.BeginCell();
        int result = await test.RunAsync(static () =>
        {
            Console.WriteLine("working");
            return 7;
        });

        Assert.Equal(7, result);
        Assert.Equal("working\n", cell.Output);
    }

    private static void Print(char letter)
    {
        for (int line = 0; line < 200; line++)
        {
            for (int i = 0; i < 20; i++)
            {
                Console.Write(letter);
            }

            Console.WriteLine();
        }
    }
}
