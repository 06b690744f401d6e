using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>Cells that end their kernel.</summary>
public sealed class EndingTests
{
    public static TheoryData<SessionKernel> Kernels => Session.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task A_cell_that_exits_is_told_with_its_last_words(SessionKernel kernel) => Session.HoldAsync("exit", kernel, static async session =>
    {
        var seen = new List<KernelEvent>();
        var died = await Assert.ThrowsAsync<KernelDiedException>(() => session.Kernel.ExecuteAsync(
            "Console.WriteLine(\"마지막 말\"); await Task.Delay(300); Environment.Exit(3);", seen.Add));
        Assert.Equal((3, null), (died.ExitCode, died.Signal));
        Assert.Equal(new StandardOutputProduced("마지막 말\n"), Assert.Single(seen));
        await Assert.ThrowsAsync<KernelDiedException>(() => session.Kernel.ExecuteAsync("1"));
    });

    [Theory(WineGap = WineGaps.StackOverflow)]
    [MemberData(nameof(Kernels))]
    public Task A_stack_overflow_is_told_with_what_the_runtime_said(SessionKernel kernel) => Session.HoldAsync("stack-overflow", kernel, async session =>
    {
        // The transcript is one of Linux.
        string end = !OperatingSystem.IsWindows() ? "was killed by SIGABRT" : kernel == SessionKernel.Transcript ? "exited with code 134" : "ended with 0xC00000FD (stack overflow)";

        var died = await Assert.ThrowsAsync<KernelDiedException>(() => session.Kernel.ExecuteAsync("int Deep(int x) => Deep(x + 1) + 1;\nDeep(0)"));
        Assert.Equal($"{end}: Stack overflow.", died.Summary);
        Assert.Contains(died.LastErrorLines, line => line.Contains("Deep(Int32)", StringComparison.Ordinal));
    });
}
