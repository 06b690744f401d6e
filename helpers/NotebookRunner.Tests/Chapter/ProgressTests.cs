using System.Text.Json;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Chapter;

/// <summary>A pool's progress bar: in the embedded kernel and, where it is installed, in the real one.</summary>
public sealed class ProgressTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    public static TheoryData<string> Kernels => DialectTests.Kernels;

    [Theory, MemberData(nameof(Kernels))]
    public async Task Is_one_bar_that_grows_in_place(string kernelName)
    {
        var kernel = await kernels.StartAsync(kernelName, ChapterFolder.Path);
        (await kernel.ExecuteAsync("#r \"../helpers/bin/Multiprocessing.dll\"\nusing Multiprocessing;\nusing Multiprocessing.Timings;")).AssertSucceeded();

        // Each input is done when the one before it has been seen, and later than the bar holds back what comes too soon.
        using var folder = new TemporaryFolder();
        folder.Write("0", "");
        List<ValueDisplayed> bars = [];
        List<DisplayedValueChanged> changes = [];
        CellResult result = await kernel.ExecuteAsync(
            $$"""
            string folder = {{JsonSerializer.Serialize(folder.Path)}};
            void Work(int n)
            {
                while (!System.IO.File.Exists(System.IO.Path.Combine(folder, n.ToString()))) System.Threading.Thread.Sleep(10);
                System.Threading.Thread.Sleep(100);
            }
            using (var pool = new WorkerPool(2)) pool.ForEach(Work, [0, 1, 2, 3], chunkSize: 1, progress: new ProgressBar("제곱", 4));
            """,
            kernelEvent =>
            {
                if (kernelEvent is ValueDisplayed shown)
                    bars.Add(shown);
                if (kernelEvent is DisplayedValueChanged change)
                {
                    changes.Add(change);
                    folder.Write($"{changes.Count}", "");
                }
            });

        result.AssertSucceeded();
        ValueDisplayed bar = Assert.Single(bars);
        Assert.All(changes, change => Assert.Equal(bar.ValueId, change.ValueId));
        Assert.Equal("제곱: 0/4 (0%)", bar.MimeBundle["text/plain"]);
        Assert.Equal(["제곱: 1/4 (25%)", "제곱: 2/4 (50%)", "제곱: 3/4 (75%)", "제곱: 4/4 (100%)"], changes.Select(change => change.MimeBundle["text/plain"]));
    }
}
