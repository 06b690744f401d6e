namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>What the scripting compiler refuses, and people write: extension methods, namespaces, <c>using</c> declarations.</summary>
public sealed class LibraryCellTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Theory]
    [InlineData("static class A1 { public static int Twice1(this int x) => 2 * x; }", "3.Twice1()", "6")]
    [InlineData("static class A2 { extension(int x) { public int Tenfold => 10 * x; } }", "4.Tenfold", "40")]
    [InlineData("namespace N3 { public class C { public int Value = 7; } }", "new N3.C().Value", "7")]
    [InlineData("namespace N4.Inner;\nclass C { internal int Value = 8; }", "new N4.Inner.C().Value", "8")]
    [InlineData("using System.Text.RegularExpressions;\nstatic class A5 { public static int Words(this string text) => Regex.Matches(text, @\"\\w+\").Count; }", "\"a b c\".Words()", "3")]
    [InlineData("record Point6(int X, int Y);\nstatic class A6 { public static int Sum(this Point6 p) => p.X + p.Y; }\nvar p6 = new Point6(1, 2);", "p6.Sum()", "3")]
    [InlineData("static class A7 { public static async Task<int> Later(this int x) { await Task.Yield(); return x; } }", "await 9.Later()", "9")]
    public async Task Can_be_used_in_the_same_cell_and_in_later_ones(string declaration, string use, string value)
    {
        (await kernels.RunAsync(declaration)).AssertSucceeded();
        Assert.Equal(value, (await kernels.RunAsync($"Console.Write({use});")).Output());
        if (!declaration.Contains("\nclass", StringComparison.Ordinal))
            Assert.Equal(value, (await kernels.RunAsync($"{declaration}\nConsole.Write({use});")).Output());
    }

    [Fact]
    public async Task A_cell_that_is_run_again_takes_the_place_of_what_it_was()
    {
        (await kernels.RunAsync("static class Old { public static int Number(this int x) => 1; }")).AssertSucceeded();
        (await kernels.RunAsync("int before = 0.Number();")).AssertSucceeded();
        (await kernels.RunAsync("static class Old { public static int Number(this int x) => 2; public static int Other(this int x) => 3; }")).AssertSucceeded();

        Assert.Equal("1 2 3", (await kernels.RunAsync("Console.Write($\"{before} {0.Number()} {0.Other()}\");")).Output());
    }

    [Fact]
    public async Task Goes_to_worker_processes_like_all_code()
    {
        (await kernels.RunAsync($"#r \"{Chapter.ChapterFolder.Path}/../helpers/bin/Multiprocessing.dll\"\nnamespace Far {{ public static class Extensions {{ public static int Square(this int x) {{ int sum = 0; for (int i = 0; i < x; i++) sum += x; return sum; }} }} }}")).AssertSucceeded();

        Assert.Equal("49", (await kernels.RunAsync("using Far; using Multiprocessing;\nConsole.Write(await WorkerProcess.RunAsync(() => 7.Square()));")).Output());
    }

    [Fact]
    public async Task Errors_and_traces_name_the_cell_and_the_line()
    {
        string error = (await kernels.RunAsync("int fine = 1;\nstatic class Wrong { public static int Of(this int x) => nothing; }")).Error().Message;
        Assert.StartsWith("(2,58): error CS0103", error, StringComparison.Ordinal);

        (await kernels.RunAsync("static class Failing {\n    public static void Fail(this int x) {\n        throw new FormatException();\n    }\n}")).AssertSucceeded();
        Assert.Matches(@"Failing\.Fail\(Int32 x\) in cell \d+:line 3", (await kernels.RunAsync("1.Fail();")).Error().StackTrace);
    }

    [Fact]
    public async Task What_is_out_of_reach_is_told_with_what_to_do()
    {
        (await kernels.RunAsync("record Near(int X);")).AssertSucceeded();
        Assert.EndsWith("declare it in the same cell.", (await kernels.RunAsync("static class A { public static int Of(this Near near) => near.X; }")).Error().Message, StringComparison.Ordinal);
        Assert.Contains("Restart the kernel", (await kernels.RunAsync("record Near(int X);\nstatic class A { public static int Of(this Near near) => near.X; }")).Error().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_using_declaration_holds_until_the_cell_ends_whatever_comes()
    {
        (await kernels.RunAsync("class Thing(string name) : IDisposable { public void Dispose() => Console.Write(name); }")).AssertSucceeded();

        Assert.Equal("in ba", (await kernels.RunAsync("using var a = new Thing(\"a\");\nusing Thing b = new(\"b\");\nConsole.Write(\"in \");")).Output());
        var failed = await kernels.RunAsync("using var c = new Thing(\"c\");\nthrow new FormatException();");
        Assert.Equal(("c", false), (failed.Output(), failed.Succeeded));
        Assert.Equal("d", (await kernels.RunAsync("foreach (int i in new[] { 1 })\n{\n    using var d = new Thing(\"d\");\n}")).Output());
        Assert.Equal("1", (await kernels.RunAsync("await using var stream = new System.IO.MemoryStream([1]);\nConsole.Write(stream.Length);")).Output());
        Assert.Contains("'e' is declared with using", (await kernels.RunAsync("using var e = 5;")).Error().Message, StringComparison.Ordinal);
    }
}
