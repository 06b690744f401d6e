using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The client with the real .NET Interactive, in what is not a matter of the cells' language.</summary>
public sealed class RealKernelTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const int Patience = 60_000;

    [RealKernelFact(Timeout = Patience)]
    public async Task A_cancelled_cell_ends_soon_and_the_next_one_runs()
    {
        var kernel = await kernels.GetAsync(KernelsFixture.Real);
        using var cancellation = new CancellationTokenSource();
        var running = kernel.ExecuteAsync("Console.Write(\"!\"); await Task.Delay(-1);", _ => cancellation.Cancel(), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(1);")).Output());
    }

    [RealKernelFact(Timeout = Patience)]
    public async Task What_goes_past_the_kernel_to_its_output_is_the_cells()
    {
        Assert.Contains("bytes", (await kernels.RunAsync("Console.OpenStandardOutput().Write(\"bytes\\n\"u8);", KernelsFixture.Real)).Output(), StringComparison.Ordinal);
        Assert.Contains("half", (await kernels.RunAsync("Console.OpenStandardOutput().Write(\"half\"u8);", KernelsFixture.Real)).Output(), StringComparison.Ordinal);
    }

    [RealKernelFact(Timeout = Patience)]
    public async Task A_cell_that_exits_is_told_and_nothing_is_left()
    {
        await using var kernel = await KernelProcess.StartAsync(RealKernel.CommandLine(kernels.Folder), kernels.Folder);
        Assert.Equal(3, (await Assert.ThrowsAsync<KernelDiedException>(() => kernel.ExecuteAsync("Environment.Exit(3);"))).ExitCode);
    }
}
