using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NotebookRunner.Kernels.Embedded.Stopping;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Tests.Kernels.Embedded.Stopping;

/// <summary>What the checks do to compiled code: nothing, until somebody raises the flag.</summary>
public sealed class StopChecksTests
{
    public static TheoryData<string, OptimizationLevel> Loops
    {
        get
        {
            string[] loops =
            [
                "while (true) N++;",
                "do { N++; } while (true);",
                "for (;;) { N++; if (N % 2 == 0) continue; N++; }",
                "again: N++; goto again;",
                "try { while (true) N++; } finally { N = -1; }",
                "while (true) { try { N++; } catch (System.Exception) { N = 0; } }",
                "while (true) { try { if (N++ % 2 == 0) continue; } finally { N++; } }",
                "try { try { while (true) N++; } finally { N++; } } finally { N++; }",
                "while (true) { try { try { N++; throw new System.Exception(); } finally { N++; } } catch (System.Exception) when (N > 0) { } }",
                "while (true) { switch (N % 3) { case 0: N += 4; continue; case 1: N += 3; break; default: N++; break; } }",
                "foreach (int n in Forever()) N += n;",
                "System.Linq.Enumerable.Count(System.Linq.Enumerable.Range(0, int.MaxValue), n => n < 0);",
                "System.Func<int, int> f = null; f = n => n < 2 ? n : f(n - 1) + f(n - 2); f(60);",
                "Turn(100000);",
            ];
            var data = new TheoryData<string, OptimizationLevel>();
            foreach (string loop in loops)
            {
                data.Add(loop, OptimizationLevel.Debug);
                data.Add(loop, OptimizationLevel.Release);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Loops))]
    public async Task Every_loop_ends_when_the_flag_is_raised(string loop, OptimizationLevel level)
    {
        var code = Load($$"""
            public static class Code
            {
                public static volatile int N;
                public static void Run() { {{loop}} }
                static System.Collections.Generic.IEnumerable<int> Forever() { while (true) yield return 1; }
                static void Turn(int n) { if (n > 0) { Turn(n / 2); Turn(n - 1); } }
            }
            """, level, out var flag);
        var run = code.GetType("Code")!.GetMethod("Run")!.CreateDelegate<Action>();
        var running = Task.Factory.StartNew(run, TaskCreationOptions.LongRunning);
        await Task.Delay(20);
        Assert.False(running.IsCompleted);

        flag.Raise(isRaised: true, () => throw new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Code_computes_what_it_did_and_traces_name_the_same_lines(OptimizationLevel level)
    {
        const string Code = """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Linq.Expressions;
            using System.Threading.Tasks;
            public static class Code
            {
                public static string Run()
                {
                    int sum = 0;
                    for (int i = 0; i < 10; i++) { if (i == 5) continue; try { sum += i; } finally { sum++; } }
                    foreach (var (a, b) in new[] { (1, 2), (3, 4) }) sum += a * b;
                    Expression<Func<int, int>> tree = x => x + 1;
                    Span<int> span = stackalloc int[3]; foreach (ref int s in span) s = 2; sum += span[1];
                    sum += Numbers().Sum() + Later().Result + new Point(1, 2).Sum + Text(4).Length;
                    try { Fail(); } catch (InvalidOperationException e) { return sum + tree.ToString() + e.StackTrace!.Split("line ")[1].Split('\n')[0]; }
                    return "";
                }
                record Point(int X, int Y) { public int Sum { get { int s = 0; for (int i = 0; i < Y; i++) s += X; return s; } } }
                static IEnumerable<int> Numbers() { try { for (int i = 0; ; i++) { if (i > 3) yield break; yield return i; } } finally { } }
                static async Task<int> Later() { int s = 0; for (int i = 0; i < 3; i++) { await Task.Yield(); s += i; } return s; }
                static string Text(object o) => o switch { int n when n > 3 => "big", int => "small", _ => "" };
                static void Fail()
                {
                    for (int i = 0; ; i++)
                        if (i == 3)
                            throw new InvalidOperationException();
                }
            }
            """;

        Assert.Equal(Run(Compile(Code, level)), Run(ImageRewriter.Rewrite(Compile(Code, level), StopChecks.AddTo)));

        static object? Run((MemoryStream Image, MemoryStream Symbols) code) => Load(code).GetType("Code")!.GetMethod("Run")!.Invoke(null, null);
    }

    private static Assembly Load(string code, OptimizationLevel level, out StopFlag flag)
    {
        var assembly = Load(ImageRewriter.Rewrite(Compile(code, level), StopChecks.AddTo));
        flag = StopFlag.Of(assembly, owner: null);
        return assembly;
    }

    private static Assembly Load((MemoryStream Image, MemoryStream Symbols) code) => new AssemblyLoadContext("code").LoadFromStream(code.Image, code.Symbols);

    private static (MemoryStream Image, MemoryStream Symbols) Compile(string code, OptimizationLevel level)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var root = StopFlag.AddTo(CSharpSyntaxTree.ParseText(code, options).GetCompilationUnitRoot());
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == framework);
        var compilation = CSharpCompilation.Create(
            "code",
            [CSharpSyntaxTree.Create(root, options, "code.cs", System.Text.Encoding.UTF8)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level));
        var image = new MemoryStream();
        var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = symbols.Position = 0;
        return (image, symbols);
    }
}
