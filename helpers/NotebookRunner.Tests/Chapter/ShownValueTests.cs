using NotebookRunner.Tests.Kernels;

namespace NotebookRunner.Tests.Chapter;

/// <summary>What the helper assembly's objects look like as the value of a cell: in the embedded kernel and, where it is installed, in the real one.</summary>
public sealed class ShownValueTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private static readonly (string Expression, string Html, string Text)[] Values =
    [
        ("new WorkerProcess(() => { }) { Name = \"계산\" }", "시작하지 않음", "계산: not started"),
        ("new WorkerPool(1)", "작업 프로세스 수", "1 worker process"),
        ("new SharedArray<int>(new[] { 4, 9, 16 })", "4, 9, 16", "SharedArray<Int32>[3] { 4, 9, 16 }"),
        ("new SharedValue<double>(0.5)", "0.5", "0.5"),
        ("new ProcessQueue<int>(3)", "용량", "ProcessQueue<Int32>: 0 of at most 3 items"),
        ("new ProcessLock()", "잠기지 않음", "ProcessLock: free"),
        ("new WorkerException(\"까닭\")", "까닭", "Multiprocessing.WorkerException: 까닭"),
        ("new WorkerDiedException(\"까닭\")", "까닭", "Multiprocessing.WorkerDiedException: 까닭"),
        ("new NotShippableException(\"까닭\")", "까닭", "Multiprocessing.NotShippableException: 까닭"),
        ("new TimingComparison(\"비교\") { { \"순차\", TimeSpan.FromSeconds(2) } }", "<svg", "2.00초"),
        ("new Timeline(\"시간표\")", "시간표", "시간표"),
    ];

    public static TheoryData<string> Kernels => DialectTests.Kernels;

    [Theory, MemberData(nameof(Kernels))]
    public async Task Each_is_HTML_and_plain_text_at_once(string kernelName)
    {
        var kernel = await kernels.StartAsync(kernelName, ChapterFolder.Path);
        (await kernel.ExecuteAsync("#r \"../helpers/bin/Multiprocessing.dll\"\nusing Multiprocessing;\nusing Multiprocessing.Timings;")).AssertSucceeded();
        foreach (var (expression, html, text) in Values)
        {
            IReadOnlyDictionary<string, string> shown = (await kernel.ExecuteAsync(expression)).Returned();

            Assert.Equal(["text/html", "text/plain"], shown.Keys.Order());
            Assert.Contains(html, shown["text/html"], StringComparison.Ordinal);
            Assert.Contains(text, shown["text/plain"], StringComparison.Ordinal);
        }
    }
}
