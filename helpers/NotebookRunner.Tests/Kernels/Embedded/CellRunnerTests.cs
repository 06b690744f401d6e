using System.Diagnostics;
using NotebookRunner.Kernels.Embedded;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>Cells are cancelled at any moment of their lives, above all as they end.</summary>
[Collection(EmbeddedCells.Collection)]
public sealed class CellRunnerTests : IDisposable
{
    // Asks for nothing that has to be compiled: nearly all of its life is its end.
    private const string Short = "#!who";

    private const string Cancelled = "Command cancelled.";

    // Each cell that is stopped leaves a thread that watches over it for a minute.
    private const int MostStops = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(5);

    private readonly EmbeddedCells _cells = new();
    private readonly CSharpSession _session = new();
    private readonly CellRunner _runner;
    private readonly Random _random = new(1);

    public CellRunnerTests() => _runner = new CellRunner(_session, _cells.Stray);

    public void Dispose() => _cells.Dispose();

    [Fact]
    public void A_cancel_that_comes_right_after_a_cells_end_leaves_alone_what_the_cell_has_left_running()
    {
        Run(Short);
        var elapsed = Stopwatch.StartNew();
        for (int round = 0; round < 5000 && elapsed.Elapsed < Enough; round++)
        {
            var cell = Enqueue(Short);
            while (!cell.Ended.IsCompleted)
                Thread.SpinWait(1);
            _runner.Cancel();
            Assert.False(cell.IsStopping || cell.CancellationToken.IsCancellationRequested, $"In round {round}, a cell that had succeeded was cancelled.");
        }
    }

    [Fact]
    public void A_cell_either_succeeds_or_is_cancelled_whenever_the_cancel_comes()
    {
        var whole = Stopwatch.StartNew();
        Run(Short);
        whole.Restart();
        for (int i = 0; i < 10; i++)
            Run(Short);
        double microseconds = whole.Elapsed.TotalMicroseconds / 10;

        List<RunningCell> cells = [];
        int stopped = 0;
        for (whole.Restart(); cells.Count < 5000 && stopped < MostStops && whole.Elapsed < Enough;)
        {
            var cell = Enqueue(Short);
            cells.Add(cell);
            WaitFor(TimeSpan.FromMicroseconds(_random.NextDouble() * 1.5 * microseconds));
            _runner.Cancel();
            Assert.True(cell.Ended.Wait(Limit), "A cell has not ended.");
            stopped += cell.IsStopping ? 1 : 0;
        }

        Run(Short);
        var ends = _cells.ReadEnds();
        foreach (var cell in cells)
        {
            string end = Assert.Single(ends[cell.Token]);
            // One that had not begun has nothing to be told.
            Assert.Equal(end, cell.IsStopping || cell.Thread is null ? Cancelled : "");
        }
    }

    [Fact]
    public void Cells_run_one_at_a_time_and_all_of_them_whatever_is_cancelled()
    {
        Run("int running = 0, together = 0, begun = 0;");
        const string Code = """
            if (System.Threading.Interlocked.Increment(ref running) != 1)
                together++;
            begun++;
            System.Threading.Thread.Yield();
            System.Threading.Interlocked.Decrement(ref running);
            """;
        var elapsed = Stopwatch.StartNew();
        for (int round = 0; round < MostStops / 3 && elapsed.Elapsed < Enough; round++)
        {
            RunningCell[] cells = [Enqueue(Code), Enqueue(Code), Enqueue(Code)];
            // Nothing may come between the two lines that count: the first cell is let through, so that the cancel comes as it ends, or as the next begins.
            Assert.True(cells[0].Ended.Wait(Limit));
            WaitFor(TimeSpan.FromMicroseconds(_random.Next(300)));
            _runner.Cancel();
            Assert.All(cells, cell => Assert.True(cell.Ended.Wait(Limit)));
            // One that was stopped counts as ended after a while, wherever its thread is by then.
            Assert.All(cells.Where(cell => cell.IsStopping), cell => Assert.True(cell.Thread!.Join(Limit)));
            Run("running = 0;");
        }

        string token = Run("if (together > 0 || begun == 0) throw new Exception($\"{together} of {begun}\");").Token;
        Assert.Equal([""], _cells.ReadEnds()[token]);
    }

    [Fact]
    public void A_cell_that_is_cancelled_while_it_is_compiled_is_not_in_the_way_of_the_next_one()
    {
        using var go = new SemaphoreSlim(0);
        const int Rounds = 100;
        var other = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                go.Wait();
                _session.Run($"int other{i} = {i};", $"other {i}", CancellationToken.None);
            }
        });
        other.Start();
        _session.Run("int sum = 0;", "first", CancellationToken.None);
        for (int i = 0; i < Rounds; i++)
        {
            go.Release();
            Assert.Null(_session.Run($"int kept{i} = {i};", $"kept {i}", CancellationToken.None).Exception);
        }

        other.Join();
        string all = string.Join(" + ", Enumerable.Range(0, Rounds).Select(i => $"kept{i} - other{i}"));
        Assert.Equal(0, _session.Run(all, "last", CancellationToken.None).Value);
    }

    private RunningCell Enqueue(string code)
    {
        var cell = _cells.Create(code);
        _runner.Enqueue(cell);
        return cell;
    }

    private RunningCell Run(string code)
    {
        var cell = Enqueue(code);
        Assert.True(cell.Ended.Wait(Limit), "A cell has not ended.");
        return cell;
    }

    private static void WaitFor(TimeSpan time)
    {
        for (var elapsed = Stopwatch.StartNew(); elapsed.Elapsed < time;)
            Thread.SpinWait(1);
    }
}
