using System.Globalization;
using NotebookRunner.Execution;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Execution;

public sealed class KernelSupplyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_notebook_gets_a_kernel_of_its_own_in_its_folder_the_prepared_one_if_it_fits()
    {
        NotebookFile[] files = [Notebook("one"), Notebook("one"), Notebook("two")];
        List<string> started = [];
        await using KernelSupply supply = Supply(files, started);

        await using KernelProcess first = await supply.StartAsync(files[0], CancellationToken.None);
        supply.PrepareNext(CancellationToken.None);
        Assert.Equal(2, started.Count);
        // The second notebook turned out to be none: the kernel prepared for it is not in the folder of the third.
        await using KernelProcess third = await supply.StartAsync(files[2], CancellationToken.None);

        Assert.NotEqual(first.ProcessId, third.ProcessId);
        Assert.Equal([_folder["one"], _folder["one"], _folder["two"]], started);
    }

    [UnixFact]
    public async Task A_kernel_that_no_notebook_came_for_ends_with_the_supply()
    {
        NotebookFile[] files = [Notebook("one"), Notebook("one")];
        KernelCommandLine embedded = KernelCommandLine.Embedded;
        string command = $"echo $$ >> '{_folder["pids"]}'; exec \"$0\" \"$@\"";
        var shell = new KernelCommandLine("sh", ["-c", command, embedded.FileName, .. embedded.Arguments]);
        var supply = new KernelSupply(new KernelOptions(_ => shell, TimeSpan.Zero), files);

        await using (await supply.StartAsync(files[0], CancellationToken.None))
            supply.PrepareNext(CancellationToken.None);
        await supply.DisposeAsync();

        string[] processIds = File.ReadAllLines(_folder["pids"]);
        Assert.Equal(2, processIds.Length);
        Assert.All(processIds, id => Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task A_kernel_that_cannot_start_is_told_to_the_notebook_that_wants_it_and_to_no_other()
    {
        NotebookFile[] files = [Notebook("one"), Notebook("two")];
        await using var supply = new KernelSupply(
            new KernelOptions(folder => folder == _folder["one"] ? KernelCommandLine.Embedded : new KernelCommandLine("no-such-program", []), TimeSpan.Zero), files);

        await using KernelProcess kernel = await supply.StartAsync(files[0], CancellationToken.None);
        supply.PrepareNext(CancellationToken.None);

        await Assert.ThrowsAsync<KernelStartException>(() => supply.StartAsync(files[1], CancellationToken.None));
    }

    private NotebookFile Notebook(string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        return new NotebookFile(Path.Combine(_folder[folder], "a.ipynb"));
    }

    private static KernelSupply Supply(NotebookFile[] files, List<string> started) => new(
        new KernelOptions(
            folder =>
            {
                started.Add(folder);
                return KernelCommandLine.Embedded;
            },
            TimeSpan.Zero),
        files);
}
