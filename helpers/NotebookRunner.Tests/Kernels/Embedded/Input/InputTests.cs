using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Embedded.Input;

/// <summary>What a cell reads: the reader of a client that can ask is asked; of any other, the cell is told that there is nobody.</summary>
public sealed class InputTests : IAsyncLifetime
{
    private readonly ProtocolClient _client = new();
    private readonly List<JsonNode> _beforeRequests = [];

    public ValueTask InitializeAsync() => _client.InitializeAsync();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Theory]
    [InlineData("int.Parse(Console.ReadLine())")]
    [InlineData("Console.Read()")]
    [InlineData("Console.In.ReadToEnd()")]
    [InlineData("await Console.In.ReadLineAsync()")]
    [InlineData("await Task.Delay(1); Console.ReadLine()")]
    [InlineData("await Task.Run(() => Console.ReadLine())")]
    [InlineData("await GetInputAsync(\"name\")")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync()")]
    public async Task Where_nobody_can_be_asked_a_cell_that_reads_fails_and_says_what_to_do(string code)
    {
        string message = (string)(await RunAsync(code)).Content("CommandFailed")["message"]!;
        Assert.StartsWith(
            "System.InvalidOperationException: There is nobody here to ask for input. Put the value into the cell, or run it in an editor that asks, such as VS Code with the extension C# Notebooks.\n",
            message.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console.ReadKey()")]
    [InlineData("Console.KeyAvailable")]
    public async Task Where_there_are_no_keys_a_cell_that_reads_one_fails(string code)
    {
        await AnnounceAsync();
        Assert.StartsWith("System.InvalidOperationException: ", (string)(await RunAsync(code)).Content("CommandFailed")["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_thread_of_a_cell_reads_nothing_and_it_is_told()
    {
        var events = await RunAsync("string read = \"?\"; var t = new System.Threading.Thread(() => read = Console.ReadLine()); t.Start(); t.Join(); Console.Write(read is null);");
        Assert.Equal("True", Output(events));
        Assert.StartsWith("There is nobody here to ask", (string)events.Content("StandardErrorValueProduced")["formattedValues"]![0]!["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reader_is_asked_what_the_cell_has_written_last_and_seen_to_have_answered()
    {
        await AnnounceAsync();
        string cell = await SubmitAsync("Console.Write(\"Hi.\\n이름\"); Console.Write(\"? \"); var name = Console.ReadLine(); Console.Write($\"<{name}>\");");
        var request = await NextRequestAsync();
        Assert.StartsWith(cell + ".", (string)request["token"]!, StringComparison.Ordinal);
        Assert.Equal("이름? ", (string)request["command"]!["prompt"]!);
        Assert.False((bool)request["command"]!["isPassword"]!);
        Assert.Equal("text", (string)request["command"]!["inputTypeHint"]!);
        Assert.Equal("vscode", (string)request["command"]!["targetKernelName"]!);
        Assert.Equal("kernel://vscode", (string)request["command"]!["destinationUri"]!);
        Assert.Equal($"{_client.Uri}/vscode", (string)request["command"]!["originUri"]!);
        Assert.Equal([$"{_client.Uri}/?tag=arrived", $"{_client.Uri}/vscode?tag=arrived"], request["routingSlip"].Strings());
        await AnswerAsync(request, "홍길동");
        Assert.Equal("Hi.\n이름? 홍길동\n<홍길동>", Output(await _client.ReadToEndOfAsync(cell)));
    }

    [Fact]
    public async Task Refused_input_is_the_end_of_input()
    {
        await AnnounceAsync();
        string cell = await SubmitAsync("string all = Console.In.ReadToEnd(); Console.Write(all.Length);");
        await AnswerAsync(await NextRequestAsync(), "one");
        await AnswerAsync(await NextRequestAsync(), "");
        await RefuseAsync(await NextRequestAsync());
        Assert.Equal("one\n\n5", Output(await _client.ReadToEndOfAsync(cell)));
    }

    [Fact]
    public async Task Single_characters_are_read_out_of_lines_and_no_other_cell_gets_the_rest()
    {
        await AnnounceAsync();
        string first = await SubmitAsync("Console.Write((char)Console.Read()); Console.Write((char)Console.In.Peek()); Console.Write(Console.ReadLine()); Console.Read();");
        await AnswerAsync(await NextRequestAsync(), "abc");
        await AnswerAsync(await NextRequestAsync(), "left");
        Assert.Equal("abc\nabbcleft\n", Output(await _client.ReadToEndOfAsync(first)));
        string second = await SubmitAsync("Console.Write(Console.ReadLine());");
        await AnswerAsync(await NextRequestAsync(), "own");
        Assert.Equal("own\nown", Output(await _client.ReadToEndOfAsync(second)));
    }

    [Fact]
    public async Task A_cell_can_ask_by_the_kernels_methods()
    {
        await AnnounceAsync();
        string cell = await SubmitAsync("var n = await GetInputAsync(\"Name:\"); var p = await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync(); Console.Write($\"{n} {p} {p.GetClearTextPassword()}\");");
        var name = await NextRequestAsync();
        Assert.Equal("Name:", (string)name["command"]!["prompt"]!);
        await AnswerAsync(name, "A");
        var password = await NextRequestAsync();
        Assert.True((bool)password["command"]!["isPassword"]!);
        Assert.Equal("password", (string)password["command"]!["type"]!);
        await AnswerAsync(password, "xyz");
        Assert.Equal("Name: A\n········\nA ************ xyz", Output(await _client.ReadToEndOfAsync(cell)));

        string refused = await SubmitAsync("await GetInputAsync(\"file?\", \"file\")");
        await RefuseAsync(await NextRequestAsync());
        Assert.Contains("Input request cancelled", (string)(await _client.ReadToEndOfAsync(refused)).Content("CommandFailed")["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string got = null; var t = new System.Threading.Thread(() => got = Console.ReadLine()); t.Start(); t.Join(); Console.Write(got);")]
    [InlineData("Console.Write(await Task.Run(() => Console.ReadLine()));")]
    [InlineData("await Task.Delay(1); Console.Write(await Console.In.ReadLineAsync());")]
    public async Task Threads_and_tasks_of_a_cell_can_ask(string code)
    {
        await AnnounceAsync();
        string cell = await SubmitAsync(code);
        await AnswerAsync(await NextRequestAsync(), "x");
        Assert.Equal("x\nx", Output(await _client.ReadToEndOfAsync(cell)));
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_are_answered_one_after_the_other()
    {
        await AnnounceAsync();
        string cell = await SubmitAsync("var both = await Task.WhenAll(GetInputAsync(\"a\"), GetInputAsync(\"b\")); Console.Write(string.Join('+', both));");
        var first = await NextRequestAsync();
        Assert.Equal("a", (string)first["command"]!["prompt"]!);
        Assert.Equal("CommandSucceeded", (await _client.AskAsync("RequestKernelInfo")).Types()[^1]);
        await AnswerAsync(first, "1");
        await AnswerAsync(await NextRequestAsync(), "2");
        Assert.EndsWith("1+2", Output(await _client.ReadToEndOfAsync(cell)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console.ReadLine(); Console.Write(\"not reached\");")]
    [InlineData("await Task.Delay(1); Console.ReadLine(); Console.Write(\"not reached\");")]
    [InlineData("await GetInputAsync(\"?\"); Console.Write(\"not reached\");")]
    [InlineData("var t = new System.Threading.Thread(() => Console.ReadLine()); t.Start(); t.Join();")]
    [InlineData("while (true) { try { Console.ReadLine(); } catch (Exception) { } }")]
    public async Task A_cell_that_waits_for_input_is_cancelled_at_once_and_the_next_one_works(string code)
    {
        await AnnounceAsync();
        string cell = await SubmitAsync(code);
        var late = await NextRequestAsync();
        var clock = Stopwatch.StartNew();
        string cancel = await _client.SendAsync("Cancel");
        var events = await _client.ReadToEndOfAsync(cell);
        Assert.Equal("Command cancelled.", (string)events.Content("CommandFailed")["message"]!);
        Assert.DoesNotContain("StandardOutputValueProduced", events.Types());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await _client.ReadToEndOfAsync(cancel);

        string next = await SubmitAsync("Console.Write(Console.ReadLine());");
        var request = await NextRequestAsync();
        await AnswerAsync(late, "late");
        await AnswerAsync(request, "x");
        Assert.Equal("x\nx", Output(await _client.ReadToEndOfAsync(next)));
    }

    [Fact]
    public async Task A_thread_that_outlives_its_cell_is_not_answered_and_is_in_nobodys_way()
    {
        await AnnounceAsync();
        using var folder = new TemporaryFolder();
        string asked = JsonSerializer.Serialize(folder["asked"]);
        string cell = await SubmitAsync($"var late = Task.Run(() => Console.ReadLine()); while (!System.IO.File.Exists({asked})) await Task.Delay(10);");
        await NextRequestAsync();
        folder.Write("asked", "");
        await _client.ReadToEndOfAsync(cell);
        string next = await SubmitAsync("Console.Write(await late is null); Console.Write(Console.ReadLine());");
        await AnswerAsync(await NextRequestAsync(), "x");
        Assert.Equal("Truex\nx", Output(await _client.ReadToEndOfAsync(next)));
    }

    [Fact]
    public async Task The_client_is_answered_as_Polyglot_Notebooks_answers()
    {
        // It tells of itself with much beside, renumbers the request within the cell, sends no success, and sends back all that it sees.
        await _client.SendLineAsync("""{"eventType":"KernelInfoProduced","event":{"kernelInfo":{"isProxy":false,"isComposite":true,"localName":"vscode","uri":"kernel://vscode/","aliases":[],"displayName":"vscode","supportedKernelCommands":[{"name":"RequestKernelInfo"},{"name":"RequestInput"}],"supportedDirectives":[]}},"routingSlip":["kernel://vscode/"]}""");
        string cell = await SubmitAsync("Console.Write(Console.ReadLine()); Console.Write(Console.ReadLine() is null);");
        await NextRequestAsync();
        await _client.SendLineAsync($$$"""{"eventType":"CompletionsProduced","event":{"completions":"?"},"command":{"token":"{{{cell}}}.1"}}""");
        await _client.SendLineAsync($$$"""{"eventType":"InputProduced","event":{"value":"x"},"command":{"commandType":"RequestInput","command":{"prompt":""},"token":"{{{cell}}}.7"},"routingSlip":["kernel://vscode/"]}""");
        await NextRequestAsync();
        await _client.SendLineAsync($$$"""{"eventType":"CommandFailed","event":{"message":"Input request cancelled"},"command":{"commandType":"SubmitCode","command":{"code":"1"},"token":"{{{cell}}}"},"routingSlip":["kernel://vscode/"]}""");
        Assert.Equal("x\nxTrue", Output(await _client.ReadToEndOfAsync(cell)));
    }

    private Task AnnounceAsync() => _client.SendLineAsync(
        """{"eventType":"KernelInfoProduced","event":{"kernelInfo":{"localName":"vscode","uri":"kernel://vscode","supportedKernelCommands":[{"name":"RequestInput"}]}}}""");

    private Task<IReadOnlyList<JsonNode>> RunAsync(string code) => _client.AskAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(code)}}}""");

    private Task<string> SubmitAsync(string code) => _client.SendAsync("SubmitCode", $$"""{"code":{{JsonSerializer.Serialize(code)}}}""");

    private async Task<JsonNode> NextRequestAsync()
    {
        while (true)
        {
            var line = JsonNode.Parse(await _client.ReadLineAsync())!;
            Assert.NotEqual("CommandFailed", (string?)line["eventType"]);
            if ((string?)line["commandType"] == "RequestInput")
                return line;
            _beforeRequests.Add(line);
        }
    }

    private async Task AnswerAsync(JsonNode request, string value)
    {
        string command = $$"""{"token":"{{request["token"]}}","commandType":"RequestInput","command":{} }""";
        await _client.SendLineAsync($$$"""{"eventType":"InputProduced","event":{"value":{{{JsonSerializer.Serialize(value)}}}},"command":{{{command}}}}""");
        await _client.SendLineAsync($$"""{"eventType":"CommandSucceeded","event":{},"command":{{command}}}""");
    }

    private Task RefuseAsync(JsonNode request) =>
        _client.SendLineAsync($$$"""{"eventType":"CommandFailed","event":{"message":"no"},"command":{"token":"{{{request["token"]}}}"}}""");

    private string Output(IEnumerable<JsonNode> events)
    {
        JsonNode[] all = [.. _beforeRequests, .. events];
        _beforeRequests.Clear();
        return string.Concat(all
            .Where(line => line.Type() == "StandardOutputValueProduced")
            .Select(line => (string)line["event"]!["formattedValues"]![0]!["value"]!));
    }
}
