using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Pools;

/// <summary>What functions print. CPython loses the order and mixes lines.</summary>
public class OutputTests(TestHost test) : IClassFixture<TestHost>
{
    [Fact]
    public void What_functions_print_is_there_when_the_map_returns()
    {
        using WorkerPool pool = new(test.Host, 2);
        using TestCell cell = test.BeginCell();
        for (int round = 0; round < 20; round++)
        {
            int first = round * 10;
            pool.ForEach(x => Console.WriteLine($"{first + x} 번째"), Enumerable.Range(0, 10));

            Assert.Equal(Enumerable.Range(0, first + 10).Select(static x => $"{x} 번째").Order(StringComparer.Ordinal), Lines(cell.Output).Order(StringComparer.Ordinal));
        }

        Assert.Empty(cell.Error);
    }

    [Fact]
    public async Task Every_kind_of_call_shows_it_before_it_ends()
    {
        using WorkerPool pool = new(test.Host, 2);
        static int Say(int x)
        {
            Console.WriteLine($"out {x}");
            Console.Error.WriteLine($"error {x}");
            return x;
        }

        int[] inputs = [1, 2, 3];
        Func<Task>[] ways =
        [
            () => pool.MapAsync(Say, inputs),
            async () => await pool.MapOrdered(Say, inputs).ToArrayAsync(),
            async () => await pool.MapUnordered(Say, inputs).ToArrayAsync(),
            () => Task.Run(() => pool.MapReduce(Say, static (a, b) => a + b, inputs)),
            () => Task.WhenAll(inputs.Select(x => pool.RunAsync(() => Say(x)))),
            () => Task.Run(() => Array.ForEach(inputs, x => pool.Run(() => Say(x)))),
        ];
        foreach (Func<Task> way in ways)
        {
            using TestCell cell = test.BeginCell();
            await way();

            Assert.Equal(["out 1", "out 2", "out 3"], Lines(cell.Output).Order(StringComparer.Ordinal));
            Assert.Equal(["error 1", "error 2", "error 3"], Lines(cell.Error).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Lines_of_two_workers_never_mix_and_each_worker_s_are_in_order()
    {
        // On a busy machine a worker may well be held up in the middle of a line, for longer than one usually waits for its rest.
        using TestHost patient = new();
        patient.Host.Output.Patience = Timeout.InfiniteTimeSpan;
        using WorkerPool pool = new(patient.Host, 2);
        using TestCell cell = patient.BeginCell();
        pool.ForEach(
            static x =>
            {
                for (int line = 0; line < 100; line++)
                {
                    for (int i = 0; i < 10; i++)
                    {
                        Console.Write((char)('a' + x));
                    }

                    Console.WriteLine(line);
                }
            },
            Enumerable.Range(0, 6));

        string[] lines = Lines(cell.Output);
        Assert.Equal(600, lines.Length);
        Assert.All(lines.GroupBy(static line => line[0]), static input =>
            Assert.Equal(Enumerable.Range(0, 100).Select(line => $"{new string(input.Key, 10)}{line}"), input));
    }

    [Fact]
    public void A_flood_arrives_whole()
    {
        using WorkerPool pool = new(test.Host, 2);
        using TestCell cell = test.BeginCell();
        pool.ForEach(Console.WriteLine, Enumerable.Range(0, 50_000));

        Assert.Equal(Enumerable.Range(0, 50_000), Lines(cell.Output).Select(static line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Lines_appear_while_the_map_runs()
    {
        using WorkerPool pool = new(test.Host, 2);
        using TestCell cell = test.BeginCell();
        using SharedValue<bool> seen = new();
        Task<bool[]> mapping = pool.MapAsync(
            x =>
            {
                Console.WriteLine($"at {x}");
                return Rendezvous.Await(() => seen.Value);
            },
            [0, 1]);
        Rendezvous.Await(() => Lines(cell.Output).Length == 2);
        seen.Value = true;

        Assert.All(await mapping, Assert.True);
        Assert.Equal(["at 0", "at 1"], Lines(cell.Output).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_end_of_a_line_that_is_missing_does_not_lose_the_line()
    {
        using WorkerPool pool = new(test.Host, 1);
        using TestCell cell = test.BeginCell();
        pool.Run(static () => Console.Write("끝"));

        Assert.Equal("끝", cell.Output.TrimEnd('\n'));
    }

    [Fact]
    public void What_is_printed_before_an_error_or_a_death_is_not_lost()
    {
        using WorkerPool pool = new(test.Host, 1);
        using TestCell cell = test.BeginCell();
        Assert.Throws<WorkerException>(() => pool.Map(
            static x =>
            {
                Console.WriteLine($"before {x}");
                return x == 1 ? throw new FormatException() : x;
            },
            [0, 1, 2]));
        Assert.Equal(["before 0", "before 1", "before 2"], Lines(cell.Output));

        Assert.Throws<WorkerDiedException>(() => pool.Run(static () =>
        {
            Console.WriteLine("last words");
            Environment.FailFast("enough");
        }));
        Assert.Equal("last words", Lines(cell.Output)[^1]);
    }

    [Fact]
    public async Task Two_calls_show_each_what_its_own_functions_print()
    {
        using WorkerPool pool = new(test.Host, 2);
        async Task<string> Capture(string name)
        {
            using TestCell cell = test.BeginCell();
            await pool.MapAsync(
                x =>
                {
                    Console.WriteLine(name);
                    Thread.Sleep(5);
                    return x;
                },
                Enumerable.Range(0, 20), chunkSize: 1);
            return cell.Output;
        }

        string[] outputs = await Task.WhenAll(Task.Run(() => Capture("first")), Task.Run(() => Capture("second")));

        Assert.Equal(Enumerable.Repeat("first", 20), Lines(outputs[0]));
        Assert.Equal(Enumerable.Repeat("second", 20), Lines(outputs[1]));
    }

    [Fact]
    public void What_an_initializer_and_an_inner_pool_print_is_shown_too()
    {
        using TestCell cell = test.BeginCell();
        using WorkerPool pool = new(test.Host, 1, static () => Console.WriteLine("ready"));
        pool.Run(static () =>
        {
            using WorkerPool inner = new(1);
            inner.Run(static () => Console.WriteLine("inner"));
        });

        Assert.Equal(["ready", "inner"], Lines(cell.Output));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
