using System.Diagnostics;
using System.Globalization;
using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Cells that are cancelled end soon, and the kernel runs the next one.</summary>
public sealed class CancellationTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Theory]
    [InlineData("Console.Write(\"!\"); while (true);")]
    [InlineData("Console.Write(\"!\"); System.Threading.Thread.Sleep(-1);")]
    [InlineData("Console.Write(\"!\"); Task.Delay(-1).Wait();")]
    [InlineData("Console.Write(\"!\"); await Task.Delay(-1);")]
    [InlineData("Console.Write(\"!\"); await Task.Delay(-1, Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken);")]
    [InlineData("Console.Write(\"!\"); try { while (true); } catch (Exception) { }")]
    public async Task A_cell_can_be_cancelled(string code)
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("int kept = 1;")).AssertSucceeded();
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync(code, _ => cancellation.Cancel(), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        // A kernel that had not reacted would have been killed.
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(kept);")).Output());
    }

    [Theory(IsLong = true)]
    [InlineData("for (long i = 0; ; i++) Console.WriteLine(i);")]
    [InlineData("for (long i = 0; ; i++) display(i);")]
    public async Task A_cell_that_puts_out_without_end_is_stopped_again_and_again_and_the_kernel_lives(string code)
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("int stays = 1;")).AssertSucceeded();
        for (int i = 0; i < 25; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var begun = new TaskCompletionSource();
            var running = kernel.ExecuteAsync(code, _ => begun.TrySetResult(), cancellation.Token);
            await Task.WhenAny(begun.Task, running);
            cancellation.CancelAfter(5 * i);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(stays);")).Output());
    }

    [Fact]
    public async Task What_a_cell_does_at_its_end_is_seen_when_it_is_stopped_while_it_prints()
    {
        var kernel = await kernels.GetAsync();
        using var cancellation = new CancellationTokenSource();
        var seen = new System.Text.StringBuilder();
        var running = kernel.ExecuteAsync(
            "try { while (true) { Console.Write(\".\"); System.Threading.Thread.Sleep(10); } } finally { Console.Write(\"end\"); }",
            kernelEvent =>
            {
                seen.Append((kernelEvent as StandardOutputProduced)?.Text);
                cancellation.Cancel();
            },
            cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.EndsWith("end", seen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Threading.Thread.CurrentThread.Interrupt(); Console.Write(\"!\");")]
    [InlineData("var cells = System.Threading.Thread.CurrentThread; new System.Threading.Thread(() => { while (!System.IO.File.Exists(\"ended\")) System.Threading.Thread.Sleep(10); cells.Interrupt(); Console.Write(\"!\"); }).Start();")]
    public async Task The_kernel_outlives_an_interruption_that_a_cell_has_left_for_its_thread(string code)
    {
        var kernel = await kernels.GetAsync();
        string ended = Path.Combine(kernels.Folder, "ended");
        File.Delete(ended);
        var interrupted = new TaskCompletionSource();
        (await kernel.ExecuteAsync(code, _ => interrupted.TrySetResult())).AssertSucceeded();
        // The second one comes while no cell runs.
        await File.WriteAllTextAsync(ended, "");
        await interrupted.Task;
        Assert.Equal("1", (await kernel.ExecuteAsync("System.Threading.Thread.Sleep(10); Console.Write(1);")).Output());
    }

    [UnixFact(IsLong = true)]
    public async Task A_kernel_that_does_not_react_is_killed()
    {
        var kernel = await KernelProcess.StartAsync(KernelCommandLine.Embedded, kernels.Folder);
        using var cancellation = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var running = kernel.ExecuteAsync("Console.WriteLine(1); System.Threading.Thread.Sleep(-1);", _ => begun.TrySetResult(), cancellation.Token);
        await begun.Task;
        // Stops every thread of the kernel, the one that reads commands included.
        await SignalAsync("STOP", kernel.ProcessId);
        while (!await IsStoppedAsync(kernel.ProcessId))
            await Task.Delay(10);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAsync<KernelDiedException>(() => kernel.ExecuteAsync("1"));
        await kernel.DisposeAsync();
    }

    private static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    // It may take its time after the signal where there is much to do.
    private static async Task<bool> IsStoppedAsync(int processId)
    {
        string stat = $"/proc/{processId}/stat";
        return !File.Exists(stat) || (await File.ReadAllTextAsync(stat)).Contains(") T ", StringComparison.Ordinal);
    }
}
