using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Makes the runtime compile the compiler, on another processor, while the kernel has nothing else to do yet.</summary>
internal static class WarmUp
{
    // Never run, only compiled; of each kind of thing that a first cell is likely to hold, one.
    private const string Sample = """
        using System.Threading;
        int[] numbers = [2, 3, 8, 9];
        record Pair(int A, int B);
        void Square(IEnumerable<int> xs)
        {
            foreach (int x in xs)
            {
                Thread.Sleep(1);
                Console.WriteLine($"{x}: {x * x}");
            }
        }
        async Task<string> Name() { await Task.Yield(); return nameof(Pair); }
        try { Square(numbers.Where(n => n % 2 == 0)); } catch (Exception e) when (e is not null) { throw; } finally { numbers[0]++; }
        var dictionary = new Dictionary<string, List<int>> { ["a"] = [1] };
        for (int i = 0; i < 3; i++) { lock (dictionary) dictionary["a"].Add(i); }
        await Name();
        numbers.Select(n => (n, n switch { > 2 => "x", _ => null })).ToArray()
        """;

    /// <summary>Begins, on a thread of its own that gives way to everybody else.</summary>
    public static void Begin() =>
        new Thread(Compile) { IsBackground = true, Name = "warm-up", Priority = ThreadPriority.BelowNormal }.UnsafeStart();

    private static void Compile()
    {
        var options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .AddImports("System", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq")
            .AddReferences(typeof(Enumerable).Assembly);
        CSharpScript.Create(Sample, options).Compile();
        Sample.Split(' ').ToDisplayString(HtmlFormatter.MimeType);
    }
}
