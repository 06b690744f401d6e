using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Tests.Chapter;

namespace NotebookRunner.Tests.Kernels.Embedded.Language.Signatures;

/// <summary>What an editor shows of the call that is being written.</summary>
public sealed class SignatureHelpTests(ProtocolClient client) : IClassFixture<ProtocolClient>, IAsyncLifetime
{
    private const string Setup = """
        using System.Threading;
        /// <summary>Adds <paramref name="b"/> to <c>a</c>, see <see cref="Math"/>.</summary>
        /// <param name="b">What is added.</param>
        int Add(int a, int b) => a + b;
        double Add(double a, double b, params double[] more) => a + b;
        T Same<T>(T value, T other) => value;
        int None() => 0;
        static string Twice(this string text, int times = 2) => text;
        Func<int, string> format = n => "";
        var text = "a"; List<int> numbers = []; Dictionary<string, int> ages = []; int[] array = [];
        class Box<T> { public Box() { } public Box(T content, int count) { } public T this[int row, int column] => default; Box(long hidden) { } }
        record Point(int X, int Y);
        class MarkAttribute(string name, int level = 0) : Attribute { public bool On { get; set; } }
        """;

    public async ValueTask InitializeAsync() =>
        Assert.Equal("CommandSucceeded", (await client.AskAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(Setup)}}}""")).Types()[^1]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("Add(|", "int Add(int a, int b)", 0)]
    [InlineData("Add(1, |", "int Add(int a, int b)", 1)]
    [InlineData("Add(1, |)", "int Add(int a, int b)", 1)]
    [InlineData("Add(1|, 2)", "int Add(int a, int b)", 0)]
    [InlineData("Add(1.5, |", "double Add(double a, double b, params double[] more)", 1)]
    [InlineData("Add(1, 2, |", "double Add(double a, double b, params double[] more)", 2)]
    [InlineData("Add(1, 2, 3, 4, |", "double Add(double a, double b, params double[] more)", 2)]
    [InlineData("Add(b: |", "int Add(int a, int b)", 1)]
    [InlineData("Add(more: |", "double Add(double a, double b, params double[] more)", 2)]
    [InlineData("Add(1,\n  |\nvar next = 1;", "int Add(int a, int b)", 1)]
    [InlineData("Add(None(), Add(|", "int Add(int a, int b)", 0)]
    [InlineData("Add(None(|), 2)", "int None()", 0)]
    [InlineData("Add(None()|, 2)", "int Add(int a, int b)", 0)]
    [InlineData("Add(text.Len|", "int Add(int a, int b)", 0)]
    [InlineData("if (Add(1, |", "int Add(int a, int b)", 1)]
    [InlineData("for (int i = Add(|; i < 3; i++) { }", "int Add(int a, int b)", 0)]
    [InlineData("Same(|", "T Same<T>(T value, T other)", 0)]
    [InlineData("Same<int>(1, |", "int Same<int>(int value, int other)", 1)]
    [InlineData("text.Twice(|", "string Twice(int times = 2)", 0)]
    [InlineData("text?.Twice(|", "string Twice(int times = 2)", 0)]
    [InlineData("format(|", "string Func<int, string>(int arg)", 0)]
    [InlineData("format.Invoke(|", "string Func<int, string>(int arg)", 0)]
    [InlineData("numbers.Add(|", "void List<int>.Add(int item)", 0)]
    [InlineData("numbers.Select(n => |", "IEnumerable<TResult> IEnumerable<int>.Select<int, TResult>(Func<int, TResult> selector)", 0)]
    [InlineData("new Box<int>(|", "Box<int>()", 0)]
    [InlineData("new Box<int>(1, |", "Box<int>(int content, int count)", 1)]
    [InlineData("Box<string> box = new(\"a\", |", "Box<string>(string content, int count)", 1)]
    [InlineData("Box<string> box = new(|);", "Box<string>()", 0)]
    [InlineData("Point p; p = new(1, |", "Point(int X, int Y)", 1)]
    [InlineData("var p = new Point(|", "Point(int X, int Y)", 0)]
    [InlineData("record Far(int X) : Point(|X, 1);", "Point(int X, int Y)", 0)]
    [InlineData("class Derived : Box<int> { Derived() : base(1, |) { } }", "Box<int>(int content, int count)", 1)]
    [InlineData("ages[|", "int Dictionary<string, int>[string key]", 0)]
    [InlineData("_ = ages[|];", "int Dictionary<string, int>[string key]", 0)]
    [InlineData("var box = new Box<int>(); _ = box[1, |];", "int Box<int>[int row, int column]", 1)]
    [InlineData("\"a\".Insert(0, |", "string string.Insert(int startIndex, string value)", 1)]
    [InlineData("[Mark(|", "MarkAttribute(string name, int level = 0)", 0)]
    [InlineData("[Mark(\"a\", |)] class Marked { }", "MarkAttribute(string name, int level = 0)", 1)]
    [InlineData("[Mark(level: |)] class Marked { }", "MarkAttribute(string name, int level = 0)", 1)]
    [InlineData("Add(1, \"in | text\")", "int Add(int a, int b)", 1)]
    [InlineData("int.TryParse(text, out var n, |", null, 2)]
    [InlineData("Console.WriteLine(\"{0}\", |", "void Console.WriteLine(string format, object? arg0)", 1)]
    [InlineData("Interlocked.Add(ref array[0], |", "int Interlocked.Add(ref int location1, int value)", 1)]
    [InlineData("new Thread(|", "Thread(ThreadStart start)", 0)]
    [InlineData("void Local(string name) { } Local(|", "void Local(string name)", 0)]
    public async Task The_best_fitting_signature_and_its_next_parameter_are_active(string cell, string? label, int parameter)
    {
        var help = (await AskAsync(cell)).Content("SignatureHelpProduced");
        var active = help["signatures"]![(int)help["activeSignatureIndex"]!]!;
        if (label is not null)
            Assert.Equal(label, (string)active["label"]!);
        Assert.Equal(parameter, (int)help["activeParameterIndex"]!);
        Assert.All(active["parameters"]!.AsArray(), each => Assert.Contains((string)each!["label"]!, (string)active["label"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("|")]
    [InlineData("Add|(1, 2)")]
    [InlineData("Add(1, 2)|")]
    [InlineData("Add(1, 2); |")]
    [InlineData("// Add(|")]
    [InlineData("/* Add(| */")]
    [InlineData("\"Add(|\"")]
    [InlineData("unknown(|")]
    [InlineData("numbers.ForEach(n => { | });")]
    [InlineData("(1 + |")]
    [InlineData("nameof(|")]
    [InlineData("if (|")]
    [InlineData("array[|")]
    [InlineData("int[|")]
    [InlineData("void Declared(|")]
    public async Task Elsewhere_there_is_none(string cell) => Assert.Equal(["CommandSucceeded"], (await AskAsync(cell)).Types());

    [Fact]
    public async Task Overloads_are_in_order_of_their_parameters_and_those_that_cannot_be_called_are_left_out()
    {
        Assert.Equal(["int Add(int a, int b)", "double Add(double a, double b, params double[] more)"], await LabelsAsync("Add(|"));
        Assert.Equal(["Box<int>()", "Box<int>(int content, int count)"], await LabelsAsync("new Box<int>(|"));
        Assert.DoesNotContain(await LabelsAsync("text.Equals(|"), label => label.Contains("string? b", StringComparison.Ordinal));
        Assert.All(await LabelsAsync("string.Join(|"), label => Assert.StartsWith("string string.Join", label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_author_has_written_is_told_from_a_cell_and_from_the_file_beside_an_assembly()
    {
        var own = (await AskAsync("Add(|")).Content("SignatureHelpProduced")["signatures"]![0]!;
        Assert.Equal(("text/markdown", "Adds `b` to `a`, see `Math`."), ((string)own["documentation"]!["mimeType"]!, (string)own["documentation"]!["value"]!));
        Assert.Equal(["", "What is added."], own["parameters"]!.AsArray().Select(each => (string)each!["documentation"]!["value"]!));

        string code = JsonSerializer.Serialize($"#r \"{HelperFolder.Path}/Multiprocessing.dll\"\nusing Multiprocessing;");
        Assert.Equal("CommandSucceeded", (await client.AskAsync("SubmitCode", $$"""{"code":{{code}}}""")).Types()[^1]);
        var file = (await AskAsync("new ProcessLock(|")).Content("SignatureHelpProduced")["signatures"]![0]!;
        Assert.NotEqual("", (string)file["documentation"]!["value"]!);
    }

    private async Task<IReadOnlyList<string>> LabelsAsync(string cell) =>
        [.. (await AskAsync(cell)).Content("SignatureHelpProduced")["signatures"]!.AsArray().Select(signature => (string)signature!["label"]!)];

    private Task<IReadOnlyList<JsonNode>> AskAsync(string cell) => client.AskAsync("RequestSignatureHelp", Caret.ToCommand(cell));
}
