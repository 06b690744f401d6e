using System.Diagnostics;
using System.Globalization;
using Multiprocessing.Benchmarks.Measuring;
using NotebookRunner.Kernels;

namespace Multiprocessing.Benchmarks.Kernels;

/// <summary>Cells as a notebook of this course has them, run from the first to the last again and again, each time with another number.</summary>
internal static class SmallCells
{
    private static readonly string[] Notebook =
    [
        "int n = NUMBER;",
        "int Square(int x) => x * x;",
        "Console.WriteLine($\"{n} squared is {Square(n)}\");",
        "var numbers = Enumerable.Range(0, 10).Select(x => x + n).ToList();",
        "numbers.Sum()",
        "record Point(int X, int Y);\nvar p = new Point(n, n + 1);\np.X + p.Y",
        "var words = new Dictionary<string, int>();\nforeach (string word in \"a b a c a b\".Split(' '))\n    words[word] = words.GetValueOrDefault(word) + 1;\nwords[\"a\"]",
        "string text = string.Join(\", \", numbers);\ntext",
        "try\n{\n    int.Parse(\"x\");\n}\ncatch (FormatException e)\n{\n    Console.WriteLine(e.GetType().Name);\n}",
        "long total = 0;\nfor (int i = 0; i < 1000; i++)\n    total += i * n;\nConsole.Write(total);",
    ];

    /// <summary>Runs some.</summary>
    /// <param name="kernel">Where.</param>
    /// <param name="from">The number of the first.</param>
    /// <param name="to">The number after the last.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> RunAsync(KernelProcess kernel, int from, int to, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = from; i < to; i++)
        {
            int number = i / Notebook.Length;
            CellResult result = await kernel.RunAsync(Notebook[i % Notebook.Length].Replace("NUMBER", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), cancellationToken);
            if ((i + 1) % Notebook.Length == 0)
            {
                Check.Equal((999 * 1000 / 2 * (long)number).ToString(CultureInfo.InvariantCulture), result.Printed());
            }
        }

        return Stopwatch.GetElapsedTime(begin);
    }
}
