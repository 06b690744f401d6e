using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What a cell can hold: the same in the embedded kernel and, where there is one, in the real .NET Interactive.</summary>
public sealed class DialectTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    public static TheoryData<string> Kernels => RealKernel.IsThere ? [KernelsFixture.Embedded, KernelsFixture.Real] : [KernelsFixture.Embedded];

    [RealKernelFact]
    public void The_real_kernel_runs_these_tests_too() => Assert.Equal(2, Kernels.Count);

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task The_default_imports_are_there_and_no_others(string kernel)
    {
        (await kernels.RunAsync(
            "var b = new StringBuilder(); ArrayList l = new(); List<int> n = new(); Task t = Task.CompletedTask; Console.Write(n.Sum());", kernel)).AssertSucceeded();
        Assert.Contains("CS0103", (await kernels.RunAsync("File.Exists(\"x\")", kernel)).Error().Message, StringComparison.Ordinal);
        Assert.Contains("CS0103", (await kernels.RunAsync("Thread.Sleep(1)", kernel)).Error().Message, StringComparison.Ordinal);
        Assert.Contains("CS0103", (await kernels.RunAsync("Debug.Assert(true)", kernel)).Error().Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Cells_are_CSharp_14_with_unsafe_code(string kernel)
    {
        var result = await kernels.RunAsync(
            "class Named { public string Name { get => field ?? \"none\"; set; } }\nunsafe { int* p = stackalloc int[2]; p[1] = 7; Console.Write(p[1]); }\nnew Named().Name", kernel);
        Assert.Equal("7", result.Output());
        Assert.Equal("none", result.Returned()["text/plain"]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task A_cell_sees_what_earlier_cells_declared_and_may_declare_it_anew(string kernel)
    {
        (await kernels.RunAsync("int number = 1; int Twice(int x) => 2 * x; record Point(int X, int Y);", kernel)).AssertSucceeded();
        Assert.Equal("2 Point { X = 1, Y = 2 }", (await kernels.RunAsync("Console.Write($\"{Twice(number)} {new Point(1, 2)}\");", kernel)).Output());
        Assert.Equal("one", (await kernels.RunAsync("string number = \"one\"; Console.Write(number);", kernel)).Output());
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task A_cell_can_await(string kernel) =>
        Assert.Equal("before after", (await kernels.RunAsync("Console.Write(\"before \"); await Task.Delay(10); Console.Write(\"after\");", kernel)).Output());

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task The_last_expression_is_the_cells_value(string kernel)
    {
        Assert.Contains("<pre>3</pre>", (await kernels.RunAsync("1 + 2", kernel)).Returned()["text/html"], StringComparison.Ordinal);
        Assert.Contains("&lt;null&gt;", (await kernels.RunAsync("(string)null", kernel)).Returned()["text/html"], StringComparison.Ordinal);
        Assert.Equal("text", (await kernels.RunAsync("\"text\"", kernel)).Returned()["text/plain"]);
        Assert.DoesNotContain((await kernels.RunAsync("Console.Write(1)", kernel)).Events, e => e is ValueReturned);
        Assert.DoesNotContain((await kernels.RunAsync("1.ToString();", kernel)).Events, e => e is ValueReturned);
        Assert.DoesNotContain((await kernels.RunAsync("display(1)", kernel)).Events, e => e is ValueReturned);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task A_cell_can_return_its_value(string kernel)
    {
        Assert.Equal("early", (await kernels.RunAsync("if (1 < 2) { return \"early\"; }\nConsole.Write(\"late\");", kernel)).Returned()["text/plain"]);
        Assert.Contains("&lt;null&gt;", (await kernels.RunAsync("return;", kernel)).Returned()["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain((await kernels.RunAsync("Func<int> one = () => { return 1; }; int Two() { return 2; }", kernel)).Events, e => e is ValueReturned);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Values_are_displayed_by_their_preferred_or_a_given_MIME_type(string kernel)
    {
        var result = await kernels.RunAsync(
            """
            display("plain"); display(HTML("<b>bold</b>")); display(5, "text/plain"); 6.Display("application/json");
            "x^2".DisplayAs("text/latex"); CSS("b { color: red }"); Javascript("1"); new[] { new { A = 1 } }.DisplayTable();
            """, kernel);
        var bundles = result.Displayed().Select(value => value.MimeBundle).ToList();
        Assert.Equal("plain", bundles[0]["text/plain"]);
        Assert.Equal("<b>bold</b>", bundles[1]["text/html"]);
        Assert.Equal("5", bundles[2]["text/plain"]);
        Assert.Equal("6", bundles[3]["application/json"]);
        Assert.Equal("x^2", bundles[4]["text/latex"]);
        Assert.Contains("color: red", bundles[5]["text/html"], StringComparison.Ordinal);
        Assert.Contains("<script", bundles[6]["text/html"], StringComparison.Ordinal);
        Assert.Equal(8, bundles.Count);
    }

    // Not so in the source of the real kernel of 2026, where display() returns something else than what it showed.
    [Fact]
    public async Task A_displayed_value_can_be_updated_even_by_a_later_cell()
    {
        var shown = Assert.Single((await kernels.RunAsync("var shown = display(\"one\");")).Displayed());
        var update = Assert.Single((await kernels.RunAsync("shown.Update(\"two\");")).Events.OfType<DisplayedValueChanged>());
        Assert.Equal(shown.ValueId, update.ValueId);
        Assert.Equal("two", update.MimeBundle["text/plain"]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task The_formatting_package_is_there(string kernel)
    {
        (await kernels.RunAsync("using Microsoft.DotNet.Interactive.Formatting; using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;", kernel)).AssertSucceeded();
        Assert.Equal("<b class=\"x\">text</b>", (await kernels.RunAsync("PocketView view = PocketViewTags.b[@class: \"x\"](\"text\"); view", kernel)).Returned()["text/html"]);
        Assert.Equal("[ 1, 2 ]", (await kernels.RunAsync("new[] { 1, 2 }.ToDisplayString(\"text/plain\")", kernel)).Returned()["text/plain"]);
        Assert.Equal(
            ["a", "b"],
            (await kernels.RunAsync("new[] { new FormattedValue(\"text/plain\", \"a\"), new FormattedValue(\"text/x\", \"b\") }", kernel)).Returned().Values);
        Assert.Equal("c", (await kernels.RunAsync("new FormattedValue(\"text/html\", \"c\")", kernel)).Returned()["text/html"]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Formatters_are_found_by_convention(string kernel)
    {
        (await kernels.RunAsync(
            """
            [AttributeUsage(AttributeTargets.Class)]
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type type) => FormatterSourceType = type;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            public class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Writer("text/html"), new Writer("text/plain") }; }
            public class Writer
            {
                public Writer(string type) => MimeType = type;
                public string MimeType { get; }
                public bool Format(object instance, System.IO.TextWriter writer) { writer.Write(MimeType + "!"); return true; }
            }
            [TypeFormatterSource(typeof(Source))] public class Html { }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html", "text/plain" })] public class Both { }
            public class Derived : Both { }
            """, kernel)).AssertSucceeded();
        Assert.Equal(["text/html!"], (await kernels.RunAsync("new Html()", kernel)).Returned().Values);
        Assert.Equal(["text/html!", "text/plain!"], (await kernels.RunAsync("new Both()", kernel)).Returned().Values.Order());
        Assert.Equal(["text/html!", "text/plain!"], Assert.Single((await kernels.RunAsync("display(new Derived());", kernel)).Displayed()).MimeBundle.Values.Order());
        Assert.Contains("text/html!", (await kernels.RunAsync("new List<Html> { new() }", kernel)).Returned()["text/html"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task All_compile_errors_are_told_with_their_places(string kernel)
    {
        var error = (await kernels.RunAsync("int a = unknownA;\nint b = unknownB;", kernel)).Error();
        Assert.Equal(
            "(1,9): error CS0103: The name 'unknownA' does not exist in the current context\n"
            + "(2,9): error CS0103: The name 'unknownB' does not exist in the current context",
            error.Message);
        Assert.Null(error.ExceptionType);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task An_exception_is_told_with_its_type_and_what_was_declared_before_stays(string kernel)
    {
        var error = (await kernels.RunAsync("int before = 5;\nthrow new InvalidOperationException(\"boom\\nand more\");", kernel)).Error();
        Assert.Equal(("boom\nand more", "System.InvalidOperationException"), (error.Message, error.ExceptionType));
        Assert.Contains("Submission#", error.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.CodeAnalysis", error.StackTrace, StringComparison.Ordinal);
        Assert.Equal("5", (await kernels.RunAsync("Console.Write(before);", kernel)).Output());
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Relative_paths_start_from_the_working_directory(string kernel)
    {
        File.WriteAllText(Path.Combine(kernels.Folder, "loaded.csx"), "int loaded = 42;");
        File.Copy(typeof(Assert).Assembly.Location, Path.Combine(kernels.Folder, "Some.dll"), overwrite: true);
        Assert.Equal("42", (await kernels.RunAsync("#load \"loaded.csx\"\nConsole.Write(loaded);", kernel)).Output());
        string loaded = (await kernels.RunAsync("#r \"./Some.dll\"\nConsole.Write(typeof(Xunit.Assert).Assembly.Location);", kernel)).Output();
        // On Windows it is a copy.
        if (OperatingSystem.IsWindows())
            Assert.Equal("Some.dll", Path.GetFileName(loaded));
        else
            Assert.Equal(Path.Combine(kernels.Folder, "Some.dll"), loaded);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Cells_are_assemblies_in_memory_whose_whole_image_can_be_found(string kernel)
    {
        var result = await kernels.RunAsync(
            """
            unsafe string Describe()
            {
                var assembly = System.Reflection.Assembly.GetExecutingAssembly();
                System.Reflection.Metadata.AssemblyExtensions.TryGetRawMetadata(assembly, out byte* metadata, out int length);
                byte* start = metadata;
                for (int steps = 0; steps < 1 << 20; steps++, start--)
                    if (start[0] == 'M' && start[1] == 'Z' && *(int*)(start + 60) is > 0 and < 4096 && *(int*)(start + *(int*)(start + 60)) == 0x4550)
                        return $"'{assembly.Location}' {assembly.IsDynamic} {assembly.GetName().Name[0]} image";
                return "no image";
            }
            Console.Write(Describe());
            """, kernel);
        result.AssertSucceeded();
        Assert.Equal("'' False ℛ image", result.Output());
    }
}
