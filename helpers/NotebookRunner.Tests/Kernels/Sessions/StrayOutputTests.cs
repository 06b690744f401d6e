namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>Text that gets between the lines of the protocol.</summary>
public sealed class StrayOutputTests
{
    public static TheoryData<SessionKernel> Kernels => Session.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task What_goes_past_the_kernel_is_the_running_cells(SessionKernel kernel) => Session.HoldAsync("past-the-kernel", kernel, static async session =>
    {
        // In the real kernel's output the half line is followed by an event, on the same line.
        Assert.Equal(["stdout half", "display text/plain shown"], await session.RunAsync("Console.OpenStandardOutput().Write(\"half\"u8); display(\"shown\");"));
        Assert.Equal(["stdout {\"event\":{}}\n{ 한글\n"], await session.RunAsync("Console.OpenStandardOutput().Write(\"{\\\"event\\\":{}}\\n{ 한글\\n\"u8);"));
    });

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task What_a_thread_writes_while_no_cell_runs_is_its_cells(SessionKernel kernel) => Session.HoldAsync("late-thread", kernel, static async session =>
    {
        OutputLines first = await session.RunAsync("new System.Threading.Thread(() => { System.Threading.Thread.Sleep(1_000); Console.WriteLine(\"늦은 줄\"); }).Start();");
        while (!first.Any())
            await Task.Delay(20);
        Assert.Equal(["stdout mine"], await session.RunAsync("Console.Write(\"mine\");"));
        Assert.Equal(["stdout 늦은 줄\n"], first);
    });
}
