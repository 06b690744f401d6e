using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;

namespace NotebookRunner.Tests.Chapter;

/// <summary>A pool's progress bar: in the embedded kernel and, where it is installed, in the real one.</summary>
public sealed class ProgressTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    public static TheoryData<string> Kernels => DialectTests.Kernels;

    [Theory(Timeout = 60_000), MemberData(nameof(Kernels))]
    public async Task Is_one_bar_that_grows_in_place(string kernelName)
    {
        var kernel = await kernels.StartAsync(kernelName, ChapterFolder.Path);
        (await kernel.ExecuteAsync("#r \"../helpers/bin/Multiprocessing.dll\"\nusing Multiprocessing;\nusing Multiprocessing.Timings;")).AssertSucceeded();

        CellResult result = await kernel.ExecuteAsync(
            "using (var pool = new WorkerPool(2)) pool.ForEach(n => System.Threading.Thread.Sleep(50), new int[20], chunkSize: 1, progress: new ProgressBar(\"제곱\", 20));");

        ValueDisplayed bar = Assert.Single(result.Displayed());
        DisplayedValueChanged[] changes = [.. result.Events.OfType<DisplayedValueChanged>()];
        Assert.True(changes.Length > 2, "It should have been seen to grow.");
        Assert.All(changes, change => Assert.Equal(bar.ValueId, change.ValueId));
        Assert.Equal("제곱: 0/20 (0%)", bar.MimeBundle["text/plain"]);
        Assert.Equal("제곱: 20/20 (100%)", changes[^1].MimeBundle["text/plain"]);
    }
}
