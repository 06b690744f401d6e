using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Kernels.Embedded.Language;

/// <summary>What an editor is told of a cell while it is being written, after the cells that have been run.</summary>
public sealed class LanguageRequestsTests(ProtocolClient client) : IClassFixture<ProtocolClient>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await client.AskAsync("SubmitCode", """{"code":"var apple = \"a\"; List<int> numbers = []; int Twice(int n) => 2 * n;"}""");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("apple.Len|", "Length")]
    [InlineData("apple.|", "ToUpperInvariant")]
    [InlineData("apple?.|", "Length")]
    [InlineData("apple.|\nvar next = 1;", "Length")]
    [InlineData("numbers.Wh|", "Where")]
    [InlineData("Math.|", "PI")]
    [InlineData("System.IO.|", "File")]
    [InlineData("app|", "apple")]
    [InlineData("Console.WriteLine(Tw|", "Twice")]
    [InlineData("{ int local = 1; lo| }", "local")]
    [InlineData("wh|", "while")]
    public async Task Completions_name_what_could_be_written(string cell, string expected) =>
        Assert.Contains(expected, await CompleteAsync(cell));

    [Theory]
    [InlineData("apple.|", "Format")] // static
    [InlineData("Math.|", "apple")]
    [InlineData("string.|", "Length")] // of an instance
    [InlineData("| { int local = 1; }", "local")]
    public async Task Completions_name_nothing_that_could_not(string cell, string unexpected) =>
        Assert.DoesNotContain(unexpected, await CompleteAsync(cell));

    [Theory]
    [InlineData("var s = \"app|\";")]
    [InlineData("// app|")]
    [InlineData("/* app| */")]
    [InlineData("3|")]
    [InlineData("nothing.|")]
    public async Task In_text_and_after_what_has_no_members_there_are_no_completions(string cell) => Assert.Empty(await CompleteAsync(cell));

    [Theory]
    [InlineData("app|le + 1", "(field) string apple", 0, 5)]
    [InlineData("apple|", "(field) string apple", 0, 5)]
    [InlineData("Console.Write(Math.M|ax(1, 2))", "int Math.Max(int val1, int val2)", 19, 22)]
    [InlineData("{ int local = 1; _ = loc|al; }", "(local) int local", 21, 26)]
    [InlineData("var l|ist = numbers;", "(field) List<int> list", 4, 8)]
    public async Task Hover_texts_declare_what_a_name_means(string cell, string expected, int start, int end)
    {
        var hover = (await AskAsync("RequestHoverText", cell)).Content("HoverTextProduced");
        Assert.StartsWith($"```csharp\n{expected}\n```", (string)hover["content"]![0]!["value"]!, StringComparison.Ordinal);
        Assert.Equal("text/markdown", (string)hover["content"]![0]!["mimeType"]!);
        Assert.Equal($$$"""{"start":{"line":0,"character":{{{start}}}},"end":{"line":0,"character":{{{end}}}}}""", hover["linePositionSpan"]!.ToJsonString());
    }

    [Fact]
    public async Task Hover_texts_and_members_tell_more_than_a_name()
    {
        await client.AskAsync("SubmitCode", """{"code":"/// <summary>Does it,\n/// and well.</summary>\nint Documented() => 1;"}""");
        var hover = (await AskAsync("RequestHoverText", "Docu|mented()")).Content("HoverTextProduced");
        Assert.Equal("```csharp\nint Documented()\n```\n\nDoes it, and well.", (string)hover["content"]![0]!["value"]!);
        var add = (await AskAsync("RequestCompletions", "numbers.|")).Content("CompletionsProduced")["completions"]!.AsArray().Single(item => (string)item!["insertText"]! == "Add")!;
        Assert.Equal("void List<int>.Add(int item)", (string)add["documentation"]!);
        var write = (await AskAsync("RequestCompletions", "Console.|")).Content("CompletionsProduced")["completions"]!.AsArray().Single(item => (string)item!["insertText"]! == "WriteLine")!;
        Assert.Matches(@"^void Console\.WriteLine\(.*\) \(\+1\d\)$", (string)write["documentation"]!);
    }

    [Fact]
    public async Task A_method_and_the_extensions_of_its_name_are_one_completion()
    {
        var names = (await AskAsync("RequestCompletions", "numbers.|")).Content("CompletionsProduced")["completions"]!.AsArray().Select(item => (string)item!["insertText"]!).ToList();
        Assert.Equal("AddRange", Assert.Single(names, name => name == "AddRange"));
        // A property and an extension method.
        Assert.Equal(2, names.Count(name => name == "Count"));
    }

    [Theory]
    [InlineData(" | ")]
    [InlineData("1 +| 2")]
    [InlineData("noth|ing")]
    public async Task What_means_nothing_has_no_hover_text(string cell) =>
        Assert.Equal(["CommandSucceeded"], (await AskAsync("RequestHoverText", cell)).Types());

    [Theory]
    [InlineData("Console.WriteLine(apple + Twice(2))|", "")]
    [InlineData("display(apple);|", "")]
    [InlineData("int n = apple;|", "CS0029")]
    [InlineData("int n = ;|", "CS1525")]
    [InlineData("#!time\nint n = apple;|", "CS0029")]
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"\nusing Some.Package;|", "")] // not yet there
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"\nint n = ;|", "CS1525")]
    [InlineData("int n = 1;\n#!nothing|", "CS9378")]
    public async Task Diagnostics_tell_what_is_wrong(string cell, string codes)
    {
        var diagnostics = (await AskAsync("RequestDiagnostics", cell)).Content("DiagnosticsProduced")["diagnostics"]!.AsArray();
        Assert.Equal(codes, string.Join(' ', diagnostics.Select(diagnostic => (string)diagnostic!["code"]!)));
    }

    [Fact]
    public async Task What_is_asked_about_is_not_run()
    {
        await AskAsync("RequestDiagnostics", "apple = \"changed\"; int declared = 1;|");
        var events = await client.AskAsync("SubmitCode", """{"code":"Console.Write(apple)"}""");
        Assert.Equal("a", (string)events.Content("StandardOutputValueProduced")["formattedValues"]![0]!["value"]!);
        Assert.DoesNotContain("declared", await CompleteAsync("decl|"));
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(string cell) =>
        [.. (await AskAsync("RequestCompletions", cell)).Content("CompletionsProduced")["completions"]!.AsArray().Select(item => (string)item!["insertText"]!)];

    private Task<IReadOnlyList<JsonNode>> AskAsync(string request, string cell) => client.AskAsync(request, Caret.ToCommand(cell));
}
