using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Kernels.Embedded.Values;

/// <summary>What an editor, and the reader by magic commands, are told of the notebook's variables.</summary>
public sealed class ValueTests(ProtocolClient client) : IClassFixture<ProtocolClient>
{
    [Theory]
    [InlineData("int v = 42;", "int", "42", null)]
    [InlineData("double v = 0.5;", "double", "0.5", null)]
    [InlineData("string v = \"a\\n\\\"b\\\"\";", "string", "\"a\\n\\\"b\\\"\"", 5)]
    [InlineData("string v = null;", "string", "null", null)]
    [InlineData("char v = 'x';", "char", "'x'", null)]
    [InlineData("object v = 1.5m;", "object", "1.5", null)]
    [InlineData("int? v = 3;", "int?", "3", null)]
    [InlineData("var v = DayOfWeek.Friday;", "DayOfWeek", "Friday", null)]
    [InlineData("var v = new DateTime(2024, 1, 2, 3, 4, 5);", "DateTime", "2024-01-02 03:04:05", null)]
    [InlineData("int[] v = [1, 2, 3];", "int[]", "[1, 2, 3]", 3)]
    [InlineData("int[][,] v = [new int[1, 2]];", "int[][,]", "[[0, 0]]", 1)]
    [InlineData("List<string> v = [\"a\"];", "List<string>", "[\"a\"]", 1)]
    [InlineData("HashSet<int> v = [7];", "HashSet<int>", "[7]", 1)]
    [InlineData("var v = new Dictionary<string, int> { [\"a\"] = 1 };", "Dictionary<string, int>", "{ [\"a\"] = 1 }", 1)]
    [InlineData("var v = new System.Collections.Concurrent.ConcurrentBag<int> { 1, 2 };", "ConcurrentBag<int>", "ConcurrentBag<int>", 2)]
    [InlineData("(int, string) v = (1, \"a\");", "(int, string)", "(1, \"a\")", null)]
    [InlineData("var v = (1, 2, 3, 4, 5, 6, 7, 8, 9);", "(int, int, int, int, int, int, int, int, int)", "(1, 2, 3, 4, 5, 6, 7, 8, 9)", null)]
    [InlineData("var v = new { X = 1 };", "<anonymous type: int X>", "{ X = 1 }", null)]
    [InlineData("record P(int X, string Y); var v = new P(1, null);", "P", "P { X = 1, Y = null }", null)]
    [InlineData("class Q<T> { public class R { T t; } } var v = new Q<int>.R();", "Q<int>.R", "Q<int>.R { t = 0 }", null)]
    [InlineData("Func<int, int> v = n => n;", "Func<int, int>", "Func<int, int>", null)]
    [InlineData("var v = Task.FromResult(1);", "Task<int>", "Task<int>: RanToCompletion", null)]
    [InlineData("var v = new System.Threading.Thread(() => { });", "Thread", "Thread: Unstarted", null)]
    [InlineData("System.Collections.Immutable.ImmutableArray<int> v = default;", "ImmutableArray<int>", "[…", null)]
    [InlineData("var v = new ArgumentException(\"wrong\");", "ArgumentException", "ArgumentException: \"wrong\"", null)]
    [InlineData("var v = new System.IO.MemoryStream();", "MemoryStream", "MemoryStream", null)]
    public async Task A_variable_is_told_with_its_type_value_and_size(string code, string type, string value, int? size)
    {
        await SubmitAsync(code);
        var info = await InfoAsync("v");
        Assert.Equal((type, value, size), ((string)info["typeName"]!, (string)info["formattedValue"]!["value"]!, (int?)info["size"]));
        Assert.Equal("text/plain+summary", (string)info["formattedValue"]!["mimeType"]!);
        Assert.Empty(info["preferredMimeTypes"]!.AsArray());
    }

    [Theory]
    [InlineData("IEnumerable<int> Endless() { Console.Write(\"ran\"); while (true) yield return 1; } var w = Endless();", "IEnumerable<int>", "IEnumerable<int>")]
    [InlineData("var w = Enumerable.Range(0, int.MaxValue).Where(n => n < 0);", "IEnumerable<int>", "IEnumerable<int>")]
    [InlineData("class Bad { int n = 1; public override string ToString() => throw new Exception(); public int P => throw new Exception(); } var w = new Bad();", "Bad", "Bad { n = 1 }")]
    [InlineData("class Oops : Exception { public override string Message => throw new Exception(); } var w = new Oops();", "Oops", "Oops")]
    [InlineData("class Walk : List<int> { } var w = new Walk { 1 };", "Walk", "Walk { _items = [1, 0, 0, 0], _size = 1, _version = 1 }")]
    [InlineData("class Node { public Node Next; } var w = new Node(); w.Next = w;", "Node", "Node { Next = Node { Next = Node { Next = Node } } }")]
    [InlineData("class Loud { public static int Count = Write(); static int Write() { Console.Write(\"ran\"); return 1; } } Loud w = null;", "Loud", "null")]
    public async Task No_code_of_the_notebooks_is_run(string code, string type, string value)
    {
        await SubmitAsync(code);
        var info = await InfoAsync("w");
        Assert.Equal((type, value), ((string)info["typeName"]!, (string)info["formattedValue"]!["value"]!));
        Assert.Null(info["size"]);
        Assert.Equal(["CommandSucceeded"], (await client.AskAsync("RequestHoverText", """{"code":"","linePosition":{"line":0,"character":0}}""")).Types());
    }

    [Fact]
    public async Task A_large_value_has_one_line_of_two_hundred_characters()
    {
        await SubmitAsync("var large = new int[10_000_000]; var text = new string('x', 10_000_000); var deep = new List<object>(); for (int i = 0; i < 1000; i++) deep.Add(new string[] { \"a\\r\\nb\" });");
        foreach (string name in (string[])["large", "text", "deep"])
        {
            var info = await InfoAsync(name);
            string value = (string)info["formattedValue"]!["value"]!;
            Assert.Equal((200, '…'), (value.Length, value[^1]));
            Assert.DoesNotContain('\n', value);
        }
    }

    [Fact]
    public async Task Names_come_in_order_and_a_name_that_is_declared_again_once()
    {
        await SubmitAsync("int zz = 1, Ab = 2, aa = 3;");
        await SubmitAsync("string zz = \"new\"; int 한글 = 1;");
        var infos = await InfosAsync();
        string[] names = [.. infos.Select(info => (string)info!["name"]!).Where(name => name is "zz" or "Ab" or "aa" or "한글")];
        Assert.Equal(["aa", "Ab", "zz", "한글"], names);
        Assert.Equal("string", (string)infos.Single(info => (string)info!["name"]! == "zz")!["typeName"]!);
    }

    [Theory]
    [InlineData("text/plain+summary", "[1, 2]")]
    [InlineData("text/plain", "[1, 2]")]
    [InlineData("text/html", "<div class=\"dni-plaintext\"><pre>[1, 2]</pre></div>")]
    [InlineData("application/json", "[1,2]")]
    public async Task A_value_can_be_had_in_several_forms(string mimeType, string expected)
    {
        await SubmitAsync("List<int> pair = [1, 2];");
        var produced = (await client.AskAsync("RequestValue", $$"""{"name":"pair","mimeType":"{{mimeType}}","targetKernelName":"csharp"}""")).Content("ValueProduced");
        Assert.Equal("pair", (string)produced["name"]!);
        Assert.Equal((mimeType, expected), ((string)produced["formattedValue"]!["mimeType"]!, (string)produced["formattedValue"]!["value"]!));
    }

    [Theory]
    [InlineData("""{"name":"nothing","mimeType":"text/plain"}""", "Value 'nothing' not found in kernel csharp")]
    [InlineData("""{"name":"opaque"}""", "'opaque' is no text, number, or collection of such: it cannot be had as application/json.")]
    [InlineData("""{"name":"opaque","mimeType":"image/png"}""", "Values can be had as text/plain+summary, text/plain, text/html and application/json, not as 'image/png'.")]
    public async Task What_cannot_be_had_fails_in_one_line(string command, string message)
    {
        await SubmitAsync("var opaque = new object();");
        Assert.Equal(message, (string)(await client.AskAsync("RequestValue", command)).Content("CommandFailed")["message"]!);
    }

    [Fact]
    public async Task Magic_commands_show_names_and_a_table()
    {
        var other = new ProtocolClient();
        await other.InitializeAsync();
        var names = (await other.AskAsync("SubmitCode", """{"code":"var x = 1; var html = \"<b>\";\n#!who\nint late = 1;"}""")).Content("DisplayedValueProduced");
        Assert.Equal(("text/html", "<div>html\t x</div>"), Shown(names, 0));
        Assert.Equal(("text/plain", "html\t x"), Shown(names, 1));
        var table = (await other.AskAsync("SubmitCode", """{"code":"#!whos"}""")).Content("DisplayedValueProduced");
        Assert.Contains("<tr><th>Variable</th><th>Type</th><th>Value</th></tr>", Shown(table, 0).Value, StringComparison.Ordinal);
        Assert.Contains("<tr><td>html</td><td>string</td><td><div class=\"dni-plaintext\"><pre>&quot;&lt;b&gt;&quot;</pre></div></td></tr>", Shown(table, 0).Value, StringComparison.Ordinal);
        Assert.Equal("Variable  Type    Value\nhtml      string  \"<b>\"\nlate      int     1\nx         int     1", Shown(table, 1).Value);
        await other.DisposeAsync();
    }

    private static (string MimeType, string Value) Shown(JsonNode displayed, int index) =>
        ((string)displayed["formattedValues"]![index]!["mimeType"]!, (string)displayed["formattedValues"]![index]!["value"]!);

    private async Task SubmitAsync(string code)
    {
        var events = await client.AskAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(code)}}}""");
        Assert.Equal(["DiagnosticsProduced", "CommandSucceeded"], events.Types());
    }

    private async Task<JsonArray> InfosAsync() =>
        (await client.AskAsync("RequestValueInfos", """{"mimeType":"text/plain+summary","targetKernelName":"csharp"}""")).Content("ValueInfosProduced")["valueInfos"]!.AsArray();

    private async Task<JsonNode> InfoAsync(string name) => (await InfosAsync()).Single(info => (string)info!["name"]! == name)!;
}
