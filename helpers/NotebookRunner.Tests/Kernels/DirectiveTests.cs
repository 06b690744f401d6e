using System.Diagnostics;
using System.Globalization;

namespace NotebookRunner.Tests.Kernels;

/// <summary>The lines of a cell that are meant for the kernel.</summary>
public sealed class DirectiveTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task A_notebook_can_be_imported()
    {
        await WriteAsync(
            "imported.ipynb",
            """
            {"cells":[
              {"cell_type":"markdown","metadata":{},"source":["# Title"]},
              {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"source":["int imported = 7;\n","Console.Write(\"one \");"]},
              {"cell_type":"code","metadata":{},"execution_count":null,"outputs":[],"source":["Console.Write(\"two\");\n","imported"]}],
             "metadata":{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"}},"nbformat":4,"nbformat_minor":5}
            """);
        var result = await kernels.RunAsync("int before = 1;\n#!import imported.ipynb\nConsole.Write($\" {imported + before}\");");
        Assert.Equal("one two 8", result.Output());
        Assert.Equal("# Title", Assert.Single(result.Displayed()).MimeBundle["text/markdown"]);
        Assert.Contains("7", result.Returned()["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_CSharp_can_be_imported()
    {
        await WriteAsync("with space.cs", "static class Imported { public const int Answer = 42; }");
        Assert.Equal("42", (await kernels.RunAsync("#!import \"with space.cs\"\nConsole.Write(Imported.Answer);")).Output());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" // a word on it")]
    [InlineData("\n// a word on it\n")]
    public async Task A_cell_of_nothing_but_a_reference_brings_it_in(string rest)
    {
        (await kernels.RunAsync($"#r \"{Chapter.ChapterFolder.Path}/../helpers/bin/Multiprocessing.dll\"{rest}")).AssertSucceeded();
        Assert.Equal("WorkerPool", (await kernels.RunAsync("Console.Write(nameof(Multiprocessing.WorkerPool));")).Output());
    }

    [Fact]
    public async Task A_file_that_is_loaded_can_show_values()
    {
        await WriteAsync("shows.csx", "display(17);");
        Assert.Contains("17", Assert.Single((await kernels.RunAsync("#load \"shows.csx\"")).Displayed()).MimeBundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_in_an_imported_file_fails_the_cell()
    {
        await WriteAsync("failing.csx", "\nthrow new Exception(\"inside\");");
        var error = (await kernels.RunAsync("#!import failing.csx\nConsole.Write(\"not reached\");")).Error();
        Assert.Equal("inside", error.Message);
        Assert.Contains("failing.csx:line 2", error.StackTrace, StringComparison.Ordinal);
        Assert.Contains("missing.ipynb", (await kernels.RunAsync("#!import missing.ipynb")).Error().Message, StringComparison.Ordinal);
        await WriteAsync("circle.csx", "#!import circle.csx");
        Assert.Contains("circle", (await kernels.RunAsync("#!import circle.csx")).Error().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_only_look_like_directives_are_code()
    {
        string code = "string text = \"\"\"\n    #!unknown\n    #r \"nuget: X\"\n    \"\"\"; // #!import nothing\nConsole.Write(text);";
        Assert.Equal("#!unknown\n#r \"nuget: X\"", (await kernels.RunAsync(code)).Output());
    }

    [Fact]
    public async Task The_name_of_our_language_and_a_clock_are_known_and_nothing_else()
    {
        var result = await kernels.RunAsync("#!csharp\n#!time\nConsole.Write(1);");
        Assert.Equal("1", result.Output());
        Assert.StartsWith("Wall time: ", Assert.Single(result.Displayed()).MimeBundle["text/plain"], StringComparison.Ordinal);
        Assert.Equal(
            "This kernel does not know the magic command '#!lsmagic'. It knows #!csharp, #!import, #!time, #!who, #!whos, #!workers and #!kill-workers.",
            (await kernels.RunAsync("#!lsmagic")).Error().Message);
        Assert.Contains("'#!fsharp'", (await kernels.RunAsync("#!fsharp\nlet x = 1")).Error().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_starts_where_it_stands()
    {
        var whole = Stopwatch.StartNew();
        string text = Assert.Single((await kernels.RunAsync("System.Threading.Thread.Sleep(2000);\n#!time\nConsole.Write(1);")).Displayed()).MimeBundle["text/plain"];
        double milliseconds = double.Parse(text["Wall time: ".Length..^"ms".Length], CultureInfo.InvariantCulture);
        // Whatever else a busy machine does meanwhile, the two seconds are not in it.
        Assert.InRange(milliseconds, 0.001, whole.Elapsed.TotalMilliseconds - 1900);
    }

    [Fact]
    public async Task Directives_do_not_shift_the_lines_of_errors()
    {
        await WriteAsync("empty.csx", "");
        Assert.StartsWith("(4,1): ", (await kernels.RunAsync("#!time\nint a = 1;\n#!import empty.csx\nunknown();")).Error().Message, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(kernels.Folder, name), text);
}
