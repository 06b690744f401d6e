namespace Multiprocessing.Tests.Pools;

/// <summary>Results as they complete, by what .NET itself has for that. CPython: as_completed.</summary>
public class WhenEachTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    [Fact]
    public async Task Calls_come_in_the_order_in_which_they_end()
    {
        using SharedValue<bool> go = new();
        Task<string>[] calls =
        [
            fixture.Pool.RunAsync(() => Rendezvous.Await(() => go.Value) ? "slow" : "never"),
            fixture.Pool.RunAsync(static () => "quick"),
            fixture.Pool.RunAsync(static string () => throw new FormatException("bad")),
        ];
        List<string> order = [];
        await foreach (Task<string> call in Task.WhenEach(calls))
        {
            order.Add(call.IsFaulted ? Assert.IsType<WorkerException>(call.Exception.InnerException).OriginalMessage : await call);
            go.Value = order.Count == 2;
        }

        Assert.Equal(["quick", "bad", "slow"], order);
    }
}
