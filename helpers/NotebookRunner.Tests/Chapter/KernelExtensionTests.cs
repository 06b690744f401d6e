using System.Globalization;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;

namespace NotebookRunner.Tests.Chapter;

/// <summary>What <c>Multiprocessing.Interactive</c> adds to the real kernel.</summary>
public sealed class KernelExtensionTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [KernelExtensionFact]
    public async Task Lists_workers_and_ends_them()
    {
        var kernel = await StartAsync(HelperFolder.Path);
        int worker = int.Parse(
            (await kernel.ExecuteAsync("void Doze() => Thread.Sleep(-1); var p = new WorkerProcess(Doze); p.Start(); var pool = new WorkerPool(2); Console.Write(p.Id);")).Output(),
            CultureInfo.InvariantCulture);

        string[] lines = await TableAsync(kernel);
        Assert.Matches($@"^이름 +프로세스 번호 +셀 +하는 일 +메모리 +CPU 시간$", lines[0]);
        Assert.Matches($@"^Worker-1 +{worker} +\d+ +Doze +[\d.]+ MB +[\d.]+초$", lines[1]);
        Assert.Matches(@"^Pool-1\.1 +\d+ +기다리는 중 +[\d.]+ MB +[\d.]+초$", lines[2]);
        Assert.Equal(4, lines.Length);

        Assert.Equal("작업 프로세스 3개를 끝냈습니다.", await ShownAsync(kernel, "#!kill-workers"));
        Assert.Equal(["살아 있는 작업 프로세스가 없습니다."], await TableAsync(kernel));
        Assert.Equal("끝낼 작업 프로세스가 없습니다.", await ShownAsync(kernel, "#!kill-workers"));
        Assert.Equal("False 14", (await kernel.ExecuteAsync("Console.Write($\"{p.IsAlive} {pool.Map(n => n * n, [1, 2, 3]).Sum()}\");")).Output());
    }

    [KernelExtensionFact]
    public async Task Ends_workers_that_have_printed_more_than_is_kept_and_drops_that()
    {
        var kernel = await StartAsync(HelperFolder.Path);
        (await kernel.ExecuteAsync($"{StoppedCellTests.StartOfFlood} Thread.Sleep(4000);")).AssertSucceeded();

        CellResult result = await kernel.ExecuteAsync("#!kill-workers").WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("작업 프로세스 1개를 끝냈습니다.", Assert.Single(result.Displayed()).MimeBundle["text/plain"]);
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(await WorkerProcess.RunAsync(() => 1));")).Output());
    }

    [KernelExtensionFact]
    public async Task Does_no_harm_if_it_cannot_be_loaded()
    {
        string folder = Directory.CreateDirectory(Path.Combine(kernels.Folder, "broken")).FullName;
        foreach (string file in Directory.GetFiles(HelperFolder.Path))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(folder, "Multiprocessing.Interactive.dll"), "no assembly");

        var kernel = await StartAsync(folder);
        CellResult result = await kernel.ExecuteAsync("Console.Write(await WorkerProcess.RunAsync(() => 42));");

        Assert.Equal("42", result.Output());
        string complaint = Assert.Single(result.ErrorOutput().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Multiprocessing.Interactive.dll was not loaded", complaint, StringComparison.Ordinal);
    }

    private async Task<KernelProcess> StartAsync(string helpers)
    {
        var kernel = await kernels.StartAsync(KernelsFixture.Real);
        (await kernel.ExecuteAsync($"#r \"{helpers}/Multiprocessing.dll\"\nusing System.Threading;\nusing Multiprocessing;")).AssertSucceeded();
        return kernel;
    }

    private static async Task<string[]> TableAsync(KernelProcess kernel) => (await ShownAsync(kernel, "#!workers")).Split('\n');

    private static async Task<string> ShownAsync(KernelProcess kernel, string command) =>
        Assert.Single((await kernel.ExecuteAsync(command)).Displayed()).MimeBundle["text/plain"];
}
