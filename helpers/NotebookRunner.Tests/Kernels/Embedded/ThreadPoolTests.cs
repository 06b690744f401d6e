using System.Diagnostics;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>A kernel is there for its client even if a cell has taken every thread of the pool, as a chapter about threads may. (The compiler is not: it needs the pool itself.)</summary>
public sealed class ThreadPoolTests(ProtocolClient client) : IClassFixture<ProtocolClient>
{
    [Fact]
    public async Task Values_are_told_and_the_cell_is_cancelled_while_the_pool_is_busy()
    {
        await client.AskAsync("SubmitCode", """{"code":"int before = 1;"}""");
        await client.AskAsync("RequestValueInfos");
        string cell = await client.SendAsync(
            "SubmitCode",
            """{"code":"for (int i = 0; i < 5000; i++) System.Threading.ThreadPool.QueueUserWorkItem(_ => System.Threading.Thread.Sleep(-1)); System.Threading.Thread.Sleep(1000); Console.Write(1); System.Threading.Thread.Sleep(-1);"}""");
        while (!(await client.ReadLineAsync()).Contains("StandardOutputValueProduced", StringComparison.Ordinal))
        {
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal("ValueInfosProduced", (await client.AskAsync("RequestValueInfos")).Types()[0]);
        await client.SendAsync("Cancel");
        Assert.Equal("Command cancelled.", (string)(await client.ReadToEndOfAsync(cell)).Content("CommandFailed")["message"]!);
        // The pool makes a thread or two in a second.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
