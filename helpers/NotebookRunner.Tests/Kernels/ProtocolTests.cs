using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What the embedded kernel answers to each command that Polyglot Notebooks sends, and to those that it knows nothing of.</summary>
public sealed class ProtocolTests(ProtocolClient client) : IClassFixture<ProtocolClient>
{
    [Fact]
    public void It_says_at_its_start_what_it_runs()
    {
        var infos = client.Ready["event"]!["kernelInfos"]!.AsArray();
        Assert.Equal([".NET", "csharp"], infos.Select(info => (string)info!["localName"]!));
        Assert.Equal([client.Uri, client.Uri + "/csharp"], infos.Select(info => (string)info!["uri"]!));
        Assert.Equal([true, false], infos.Select(info => (bool)info!["isComposite"]!));
        Assert.All(infos, info => Assert.False((bool)info!["isProxy"]!));
        Assert.Contains("C#", infos[1]!["aliases"].Strings());
    }

    [Fact]
    public async Task It_lists_the_commands_that_it_carries_out_and_no_others()
    {
        string[] listed = [.. Supported(client.Ready["event"]!["kernelInfos"]![1]!)];
        Assert.Equal(["RequestCompletions", "RequestDiagnostics", "RequestHoverText", "RequestKernelInfo", "RequestSignatureHelp", "RequestValue", "RequestValueInfos", "RequestWorkers", "SubmitCode"], listed.Order().Skip(1));
        Assert.Contains("KillWorker", listed);
        await client.AskAsync("SubmitCode", """{"code":"int listed = 1;"}""");
        foreach (string command in listed.Where(name => name != "KillWorker"))
            Assert.Equal("CommandSucceeded", (await client.AskAsync(command, """{"code":"1","targetKernelName":"csharp","linePosition":{"line":0,"character":0},"name":"listed"}""")).Types()[^1]);
    }

    [Theory]
    [InlineData("SendValue", """{"name":"x","formattedValue":{"mimeType":"text/plain","value":"1"},"targetKernelName":"csharp"}""")]
    [InlineData("UpdateDisplayedValue", """{"valueId":"x","formattedValue":{"mimeType":"text/plain","value":"1"}}""")]
    [InlineData("RequestCodeExpansionInfos", """{"targetKernelName":".NET"}""")]
    [InlineData("ChangeWorkingDirectory", """{"workingDirectory":"/"}""")]
    [InlineData("OpenProject", """{"project":{"files":[]}}""")]
    [InlineData("OfTheFuture", "{}")]
    public async Task A_command_that_it_does_not_know_fails_in_one_line(string commandType, string command)
    {
        var events = await client.AskAsync(commandType, command);
        Assert.Equal(["CommandFailed"], events.Types());
        Assert.Equal($"This kernel does not know the command '{commandType}'.", (string)events.Content("CommandFailed")["message"]!);
    }

    [Theory]
    [InlineData("SubmitCode")]
    [InlineData("RequestCompletions")]
    public async Task A_command_for_another_language_fails_in_one_line(string commandType)
    {
        var events = await client.AskAsync(commandType, """{"code":"<b>bold</b>","targetKernelName":"html"}""");
        Assert.Equal(["CommandFailed"], events.Types());
        Assert.Equal("This kernel runs C# only: it has no 'html'.", (string)events.Content("CommandFailed")["message"]!);
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("C#")]
    [InlineData(".NET")]
    public async Task A_cell_can_name_its_language_in_every_usual_way(string name)
    {
        var events = await client.AskAsync("SubmitCode", $$"""{"code":"Console.Write(5)","targetKernelName":"{{name}}"}""");
        Assert.Equal("5", (string)events.Content("StandardOutputValueProduced")["formattedValues"]![0]!["value"]!);
    }

    [Fact]
    public async Task Asked_for_its_info_C_sharp_tells_of_itself_and_the_whole_of_both()
    {
        string[] Names(IReadOnlyList<JsonNode> events) =>
            [.. events.Where(line => line.Type() == "KernelInfoProduced").Select(line => (string)line["event"]!["kernelInfo"]!["localName"]!)];
        Assert.Equal(["csharp"], Names(await client.AskAsync("RequestKernelInfo", """{"targetKernelName":"csharp"}""")));
        Assert.Equal(["csharp"], Names(await client.AskAsync("RequestKernelInfo", $$"""{"destinationUri":"{{client.Uri}}/csharp"}""")));
        Assert.Equal([".NET", "csharp"], Names(await client.AskAsync("RequestKernelInfo")));
    }

    [Fact]
    public async Task Events_name_their_command_and_the_ways_that_both_have_come()
    {
        var events = await client.AskAsync(
            "SubmitCode",
            """{"code":"1","targetKernelName":"csharp","originUri":"kernel://vscode/csharp","destinationUri":"kernel://pid-1/csharp"}""",
            """["kernel://vscode/?tag=arrived"]""");
        Assert.Equal(["ReturnValueProduced", "DiagnosticsProduced", "CommandSucceeded"], events.Types());
        string[] arrived = ["kernel://vscode/?tag=arrived", $"{client.Uri}/?tag=arrived", $"{client.Uri}/csharp?tag=arrived"];
        string[] route = [$"{client.Uri}/csharp", $"{client.Uri}/"];
        Assert.All(events, line =>
        {
            Assert.Equal(route, line["routingSlip"].Strings());
            Assert.Equal("kernel://vscode/csharp", (string)line["command"]!["command"]!["originUri"]!);
            Assert.Equal("kernel://pid-1/csharp", (string)line["command"]!["command"]!["destinationUri"]!);
            Assert.Equal("csharp", (string)line["command"]!["command"]!["targetKernelName"]!);
        });
        Assert.All(events.SkipLast(1), line => Assert.Equal(arrived, line["command"]!["routingSlip"].Strings()));
        Assert.Equal([.. arrived, .. route], events[^1]["command"]!["routingSlip"].Strings());
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_says_where_and_one_that_does_clears_that()
    {
        var broken = await client.AskAsync("SubmitCode", """{"code":"#!time\nint x =\n  nothing;"}""");
        Assert.Equal(["DiagnosticsProduced", "CommandFailed"], broken.Types());
        var diagnostic = Assert.Single(broken.Content("DiagnosticsProduced")["diagnostics"]!.AsArray())!;
        Assert.Equal("""{"start":{"line":2,"character":2},"end":{"line":2,"character":9}}""", diagnostic["linePositionSpan"]!.ToJsonString());
        Assert.Equal("CS0103", (string)diagnostic["code"]!);
        Assert.Equal("error", (string)diagnostic["severity"]!);
        Assert.Empty((await client.AskAsync("SubmitCode", """{"code":"int x = 1;"}""")).Content("DiagnosticsProduced")["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task An_updated_value_keeps_its_id()
    {
        var events = await client.AskAsync("SubmitCode", """{"code":"var shown = display(1); shown.Update(2);"}""");
        Assert.Equal(
            (string)events.Content("DisplayedValueProduced")["valueId"]!,
            (string)events.Content("DisplayedValueUpdated")["valueId"]!);
    }

    [Fact]
    public async Task A_cell_is_cancelled_while_what_the_editor_asks_is_answered()
    {
        string cell = await client.SendAsync("SubmitCode", """{"code":"while (true) ;"}""");
        Assert.Equal("CommandSucceeded", (await client.AskAsync("RequestDiagnostics", """{"code":"int y = 1;"}""")).Types()[^1]);
        string cancel = await client.SendAsync("Cancel");
        Assert.Equal("Command cancelled.", (string)(await client.ReadToEndOfAsync(cell)).Content("CommandFailed")["message"]!);
        Assert.Equal(["CommandSucceeded"], (await client.ReadToEndOfAsync(cancel)).Types());
    }

    [Fact]
    public async Task Events_of_the_client_and_lines_that_are_nothing_do_not_disturb_it()
    {
        await client.SendLineAsync("""{"eventType":"KernelReady","event":{"kernelInfos":[]},"routingSlip":["kernel://vscode/"]}""");
        await client.SendLineAsync("");
        string token = await client.SendAsync("RequestKernelInfo", """{"targetKernelName":"csharp"}""");
        // The very next line is about the command: the other two were not answered.
        Assert.Contains($"\"{token}\"", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(["CommandSucceeded"], (await client.ReadToEndOfAsync(token)).Types());
    }

    [Fact]
    public async Task Lines_are_ASCII_so_that_a_reader_of_pieces_breaks_no_character()
    {
        string cell = await client.SendAsync("SubmitCode", """{"code":"Console.Write(\"가나다 😀\")"}""");
        string line = await client.ReadLineAsync();
        // Nothing of it is left to whoever reads next.
        await client.ReadToEndOfAsync(cell);
        Assert.True(line.All(char.IsAscii), line);
        Assert.Equal("가나다 😀", (string)JsonNode.Parse(line)!["event"]!["formattedValues"]![0]!["value"]!);
    }

    [Fact]
    public async Task It_ends_when_told_to_quit()
    {
        var other = new ProtocolClient();
        await other.InitializeAsync();
        await other.SendAsync("Quit");
        Assert.Equal(0, await other.WaitForExitAsync());
        await other.DisposeAsync();
    }

    private static IEnumerable<string> Supported(JsonNode info) => info["supportedKernelCommands"]!.AsArray().Select(command => (string)command!["name"]!);
}
