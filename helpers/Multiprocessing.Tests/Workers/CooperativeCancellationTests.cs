using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

/// <summary>A process whose function is told when it shall end.</summary>
public class CooperativeCancellationTests
{
    [Fact]
    public async Task A_function_that_ends_when_it_is_told_is_not_cut_off()
    {
        using CancellationTokenSource cancellation = new();
        using SharedValue<bool> begun = new();
        using SharedValue<int> done = new();
        Task call = WorkerProcess.RunAsync(
            async token =>
            {
                begun.Value = true;
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    // What it wants to bring to an end takes a little.
                    Thread.Sleep(30);
                    done.Value = 1;
                }
            },
            cancellation.Token);
        Assert.True(Rendezvous.Await(() => begun.Value), "It did not begin.");
        await cancellation.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(1, done.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public async Task One_that_does_not_is_ended_with_its_process(int milliseconds)
    {
        using CancellationTokenSource cancellation = new();
        using SharedValue<int> begun = new();
        Task<int> call = WorkerProcess.RunAsync(
            int (CancellationToken token) =>
            {
                begun.Value = Environment.ProcessId;
                while (true)
                {
                }
            },
            cancellation.Token,
            TimeSpan.FromMilliseconds(milliseconds));
        Assert.True(Rendezvous.Await(() => begun.Value != 0), "It did not begin.");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(Processes.AllEnd([begun.Value]), "The function still runs.");
    }

    [Fact]
    public async Task Without_a_cancellation_its_result_comes_as_ever()
    {
        using CancellationTokenSource cancellation = new();

        Assert.True(await WorkerProcess.RunAsync(static token => token.CanBeCanceled && !token.IsCancellationRequested, cancellation.Token));
        Assert.Equal(7, await WorkerProcess.RunAsync(static async token => { await Task.Delay(1, token); return 7; }));
        await WorkerProcess.RunAsync(static token => { token.ThrowIfCancellationRequested(); });
        await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(static (CancellationToken _) => throw new InvalidDataException("mine")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => WorkerProcess.RunAsync(static token => { }, CancellationToken.None, TimeSpan.FromSeconds(-2)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("grace", () => WorkerProcess.RunAsync(static token => { }, CancellationToken.None, TimeSpan.MaxValue));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WorkerProcess.RunAsync(static token => { }, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WorkerProcess.RunAsync(static token => { }, new CancellationToken(canceled: true)));
    }
}
