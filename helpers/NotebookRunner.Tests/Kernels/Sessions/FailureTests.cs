namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>How cells fail that leave the kernel alive.</summary>
public sealed class FailureTests
{
    public static TheoryData<SessionKernel> Kernels => Session.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task Exceptions_and_compile_errors_are_told_once_and_the_session_goes_on(SessionKernel kernel) => Session.HoldAsync("failures", kernel, static async session =>
    {
        Assert.Equal(
            ["stdout before\n", "error System.InvalidOperationException 바깥\n둘째 줄"],
            await session.RunAsync(
                """
                int kept = 5;
                void Fail() => throw new InvalidOperationException("바깥\n둘째 줄", new FormatException("안쪽"));
                Console.WriteLine("before");
                Fail();
                """));
        Assert.Equal(
            ["error Error (1,9): error CS0103: The name 'unknown' does not exist in the current context\n(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int'"],
            await session.RunAsync("int a = unknown;\nint b = \"두\";"));
        Assert.Equal(["stdout 5"], await session.RunAsync("Console.Write(kept);"));
    });

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task A_magic_command_that_nobody_knows_is_named_and_the_cell_not_run(SessionKernel kernel) => Session.HoldAsync("magic", kernel, static async session =>
    {
        string error = Assert.Single(await session.RunAsync("#!nothing\nConsole.Write(1);"));
        Assert.StartsWith("error ", error, StringComparison.Ordinal);
        Assert.Contains("'#!nothing'", error, StringComparison.Ordinal);
        string missing = Assert.Single(await session.RunAsync("#!import missing.ipynb\nConsole.Write(2);"));
        Assert.Contains("missing.ipynb", missing, StringComparison.Ordinal);
        Assert.Equal(["stdout 3"], await session.RunAsync("Console.Write(3);"));
    });

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task A_cell_is_cancelled_and_the_next_one_runs(SessionKernel kernel) => Session.HoldAsync("cancellation", kernel, static async session =>
    {
        await session.RunAsync("int kept = 1;");
        using var cancellation = new CancellationTokenSource();
        Task running = session.Kernel.ExecuteAsync("Console.Write(\"!\"); await Task.Delay(-1);", _ => cancellation.Cancel(), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["stdout 1"], await session.RunAsync("Console.Write(kept);"));
    });
}
