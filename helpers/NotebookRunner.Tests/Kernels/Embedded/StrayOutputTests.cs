using System.Diagnostics;
using NotebookRunner.Kernels.Embedded;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>A cell ends when all that was written past it has reached it.</summary>
[Collection(EmbeddedCells.Collection)]
public sealed class StrayOutputTests : IDisposable
{
    private readonly EmbeddedCells _cells = new();
    private readonly RunningCell _cell;

    public StrayOutputTests() => CellOutput.Running = _cell = _cells.Create("");

    public void Dispose() => _cells.Dispose();

    [Fact]
    public void A_cell_whose_text_came_too_late_does_not_let_the_next_one_end_too_soon()
    {
        // One waits in vain, and its mark comes out late.
        _cells.ReadEnd.Go.Reset();
        _cells.Stray.Drain();
        _cells.ReadEnd.Go.Set();
        Write("late;");
        Assert.True(SpinWait.SpinUntil(() => _cell.Prompt == "late;", FactAttribute.Limit));

        bool isMeasured = false;
        for (int round = 0; round < 20 && !isMeasured; round++)
        {
            string text = $"{round};";
            _cells.ReadEnd.Go.Reset();
            Write(text);
            var reading = Task.Run(async () =>
            {
                await Task.Delay(100);
                _cells.ReadEnd.Go.Set();
            });
            var elapsed = Stopwatch.StartNew();
            _cells.Stray.Drain();
            // A machine that stood still meanwhile tells nothing.
            isMeasured = elapsed.Elapsed < StrayOutput.Patience;
            Assert.True(!isMeasured || _cell.Prompt.EndsWith(text, StringComparison.Ordinal), $"The cell has ended with '{_cell.Prompt}'.");
            reading.Wait();
        }

        Assert.True(isMeasured, "The machine stood still.");
    }

    [Fact]
    public void A_cell_that_is_interrupted_meanwhile_does_not_let_the_next_one_end_too_soon()
    {
        for (int round = 0; round < 20; round++)
        {
            _cells.ReadEnd.Go.Reset();
            bool isInterrupted = false;
            var ending = new Thread(() => isInterrupted = Assert.Throws<ThreadInterruptedException>(_cells.Stray.Drain) is not null);
            ending.Start();
            ending.Interrupt();
            ending.Join();
            Assert.True(isInterrupted);

            string text = $"{round};";
            Write(text);
            // No thread of the pool, for which it may have to wait.
            var reading = new Thread(_cells.ReadEnd.Go.Set);
            reading.Start();
            _cells.Stray.Drain();
            Assert.EndsWith(text, _cell.Prompt, StringComparison.Ordinal);
            reading.Join();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(41)]
    [InlineData(10_000)]
    public void What_is_written_between_the_ends_of_cells_arrives_as_it_is_in_whatever_pieces(int atOnce)
    {
        _cells.ReadEnd.AtOnce = atOnce;
        for (int i = 0; i < 100; i++)
        {
            // A mark begins with a zero, too.
            string text = $"한글{i}{new string('\0', i)}";
            Write($"\n{text}");
            _cells.Stray.Drain();
            Assert.Equal(text, _cell.Prompt);
        }
    }

    [Fact]
    public void Several_cells_may_end_at_once() =>
        // No more than what is kept to look at.
        Parallel.For(100, 250, new() { MaxDegreeOfParallelism = 4 }, i =>
        {
            string text = $"[{i}]";
            Write(text);
            _cells.Stray.Drain();
            Assert.Contains(text, _cell.Prompt, StringComparison.Ordinal);
        });

    private void Write(string text) => _cells.WriteEnd.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
