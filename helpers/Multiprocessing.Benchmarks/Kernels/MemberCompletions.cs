using System.Diagnostics;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;
using NotebookRunner.Kernels.Protocol;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>How long it takes from a dot to the list of members.</summary>
internal static class MemberCompletions
{
    /// <summary>A reader who waits for the first list does not wait for the others.</summary>
    private const int WarmUps = 5;

    private const string Code = "numbers.Add(4);\nnumbers.";

    public static IEnumerable<Measurement> Measurements => [new KernelFigures(MeasureAsync).Row(0, "completions after a dot", "ms")];

    private static async Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken)
    {
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);
        await kernel.RunAsync("var numbers = new List<int> { 1, 2, 3 };", cancellationToken);
        return await Sample.MediansAsync(effort, WarmUps, async () =>
        {
            long begin = Stopwatch.GetTimestamp();
            IReadOnlyList<CompletionContent> found = await kernel.RequestCompletionsAsync(Code, new PositionContent(1, 8), cancellationToken);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
            Check.Equal(true, found.Any(static completion => completion.DisplayText == "RemoveAt"));
            return [elapsed.TotalMilliseconds];
        });
    }
}
