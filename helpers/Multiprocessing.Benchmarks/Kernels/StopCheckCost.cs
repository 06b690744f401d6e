using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>
/// What it costs that our kernel can stop a cell anywhere: it puts a look at a flag into each round of a loop and at the beginning of each method, which .NET Interactive does not. The code here does
/// hardly anything else. What counts is the processor time that the cell's process has used: in time by the clock, whatever else the machine does would weigh more than the checks.
/// </summary>
internal static class StopCheckCost
{
    private const string Functions = """
        using System.Threading;

        long Loop()
        {
            long sum = 0;
            for (int i = 0; i < 100_000_000; i++)
                sum += i;
            return sum;
        }

        int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

        int n = 5_000_000;
        double balance = 0;
        void Increase(int n)
        {
            for (int i = 0; i < n; i++) balance += 1;
        }

        void Decrease(int n)
        {
            for (int i = 0; i < n; i++) balance -= 1;
        }

        int Race()
        {
            var t1 = new Thread(() => Increase(n));
            var t2 = new Thread(() => Decrease(n));
            t1.Start(); t2.Start();
            t1.Join(); t2.Join();
            return n;
        }
        """;

    public static IEnumerable<Measurement> Measurements
    {
        get
        {
            KernelFigures figures = new(MeasureAsync);
            return
            [
                figures.Row(0, "a loop of 100 million additions, processor time", "ms"),
                figures.Row(1, "a recursion of 30 million calls, processor time", "ms"),
                figures.Row(2, "the race of 30-6, 2 threads, processor time", "ms"),
            ];
        }
    }

    private static async Task<IReadOnlyList<double>> MeasureAsync(KernelProgram program, Effort effort, CancellationToken cancellationToken)
    {
        await using KernelProcess kernel = await program.StartAsync(cancellationToken);
        await kernel.RunAsync(Functions, cancellationToken);
        return await Sample.MediansAsync(effort, 1, async () =>
            [await TimeAsync("Loop()", "4999999950000000"), await TimeAsync("Fibonacci(35)", "9227465"), await TimeAsync("Race()", "5000000")]);

        async Task<double> TimeAsync(string call, string expected)
        {
            CellResult cell = await kernel.RunAsync(
                $$"""{ var before = Environment.CpuUsage.TotalTime; var result = {{call}}; Console.Write(FormattableString.Invariant($"{(Environment.CpuUsage.TotalTime - before).TotalMilliseconds} {result}")); }""",
                cancellationToken);
            string[] printed = cell.Printed().Split(' ');
            Check.Equal(expected, printed[^1]);
            return double.Parse(printed[0], CultureInfo.InvariantCulture);
        }
    }
}
