using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Wire;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>What a client of Jupyter sees of the kernel, message by message.</summary>
public sealed class JupyterKernelTests(JupyterClientFixture fixture) : IClassFixture<JupyterClientFixture>
{
    private readonly JupyterClient _client = fixture.Client;

    [Fact]
    public void A_subscriber_is_welcomed() => Assert.Equal("", (string)_client.Welcome!.Content["subscription"]!);

    [Theory]
    [InlineData(ChannelName.Shell)]
    [InlineData(ChannelName.Control)]
    internal void The_kernel_tells_what_it_is(ChannelName channel)
    {
        var reply = _client.ReplyTo(_client.Send("kernel_info_request", channel: channel), channel);
        Assert.Equal("kernel_info_reply", reply.Type);
        Assert.Equal("ok", (string)reply.Content["status"]!);
        Assert.Equal("5.5", (string)reply.Content["protocol_version"]!);
        Assert.Equal("csharp", (string)reply.Content["language_info"]!["name"]!);
    }

    [Fact]
    public void All_that_a_cell_puts_out_lies_between_busy_and_idle_and_names_the_cell()
    {
        int number = NextNumber();
        string cell = _client.Execute("""Console.WriteLine("안녕 😀"); Console.Error.Write("!"); display("shown"); 6 * 7""");
        var published = _client.PublishedBy(cell);
        Assert.Equal(["status", "execute_input", "stream", "stream", "display_data", "execute_result", "status"], published.Select(message => message.Type));
        Assert.Equal(number, (int)published[1].Content["execution_count"]!);
        Assert.Equal(("stdout", "안녕 😀\n"), Stream(published[2]));
        Assert.Equal(("stderr", "!"), Stream(published[3]));
        Assert.Equal("shown", (string)published[4].Content["data"]!["text/plain"]!);
        Assert.Contains("42", (string)published[5].Content["data"]!["text/html"]!, StringComparison.Ordinal);
        var reply = _client.ReplyTo(cell).Content;
        Assert.Equal(("ok", number), ((string)reply["status"]!, (int)reply["execution_count"]!));
    }

    [Fact]
    public void A_value_that_is_shown_can_be_changed_by_a_later_cell()
    {
        var shown = _client.PublishedBy(_client.Execute("""var shown = display("before");"""));
        var changed = _client.PublishedBy(_client.Execute("""shown.Update("after");"""));
        var update = changed.Single(message => message.Type == "update_display_data").Content;
        Assert.Equal("after", (string)update["data"]!["text/plain"]!);
        Assert.Equal((string)shown.Single(message => message.Type == "display_data").Content["transient"]!["display_id"]!, (string)update["transient"]!["display_id"]!);
    }

    [Fact]
    public void What_a_cell_has_left_running_puts_out_later_still_names_that_cell()
    {
        string first = _client.Execute("""var go = new System.Threading.ManualResetEventSlim(); var late = new System.Threading.Thread(() => { go.Wait(); Console.WriteLine("late"); }); late.Start();""");
        _client.PublishedBy(first);
        string second = _client.Execute("""go.Set(); late.Join(); Console.WriteLine("second");""");
        Assert.Equal(("stdout", "late\n"), Stream(_client.NextPublished(message => message.Type == "stream" && message.Parent == first)));
        Assert.Equal(("stdout", "second\n"), Stream(_client.PublishedBy(second).Single(message => message.Type == "stream")));
    }

    [Fact]
    public void An_error_is_told_once_and_what_waits_behind_it_is_not_run_unless_its_client_wants_it()
    {
        string fails = _client.Execute("""System.Threading.Thread.Sleep(200); throw new InvalidOperationException("no");""");
        string behind = _client.Execute("1");
        string question = _client.Send("kernel_info_request");
        var error = _client.PublishedBy(fails).Single(message => message.Type == "error").Content;
        Assert.Equal(("System.InvalidOperationException", "no"), ((string)error["ename"]!, (string)error["evalue"]!));
        Assert.Equal("System.InvalidOperationException: no", (string)error["traceback"]![0]!);
        var reply = _client.ReplyTo(fails).Content;
        Assert.Equal(("error", "System.InvalidOperationException"), ((string)reply["status"]!, (string)reply["ename"]!));
        Assert.Equal("aborted", (string)_client.ReplyTo(behind).Content["status"]!);
        Assert.Equal("ok", (string)_client.ReplyTo(question).Content["status"]!);

        string failsAgain = _client.Execute("int no = \"text\";", stopOnError: false);
        string runs = _client.Execute("2");
        Assert.Contains("CS0029", (string)_client.ReplyTo(failsAgain).Content["evalue"]!, StringComparison.Ordinal);
        Assert.Equal("ok", (string)_client.ReplyTo(runs).Content["status"]!);
    }

    [Fact]
    public void Nobody_hears_of_a_silent_cell_and_it_has_no_number()
    {
        int number = NextNumber();
        Assert.Equal(["status", "status"], _client.PublishedBy(_client.Execute("Console.WriteLine(1); var hidden = 5; hidden", silent: true)).Select(message => message.Type));
        string next = _client.Execute("Console.Write(hidden);");
        Assert.Equal(("stdout", "5"), Stream(_client.PublishedBy(next).Single(message => message.Type == "stream")));
        Assert.Equal(number, (int)_client.ReplyTo(next).Content["execution_count"]!);
    }

    [Fact]
    public void Expressions_of_the_client_are_evaluated_after_the_cell()
    {
        var values = _client.ReplyTo(_client.Execute("""var name = "철수";""", userExpressions: new() { ["good"] = "name", ["bad"] = "nobody" })).Content["user_expressions"]!;
        Assert.Equal("철수", (string)values["good"]!["data"]!["text/plain"]!);
        Assert.Equal("error", (string)values["bad"]!["status"]!);
        Assert.Contains("CS0103", (string)values["bad"]!["evalue"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Completions_come_with_their_place_in_code_points()
    {
        var reply = _client.ReplyTo(_client.Send("complete_request", new() { ["code"] = "\"😀😀\".Leng + x", ["cursor_pos"] = 9 })).Content;
        Assert.Equal(["Length"], reply["matches"]!.AsArray().Select(match => (string)match!));
        Assert.Equal((5, 9), ((int)reply["cursor_start"]!, (int)reply["cursor_end"]!));
        Assert.Equal("property", (string)reply["metadata"]!["_jupyter_types_experimental"]![0]!["type"]!);
    }

    [Fact]
    public void A_name_can_be_asked_about()
    {
        var reply = _client.ReplyTo(_client.Send("inspect_request", new() { ["code"] = "Math.Max(1, 2)", ["cursor_pos"] = 7, ["detail_level"] = 0 })).Content;
        Assert.True((bool)reply["found"]!);
        Assert.Contains("Math.Max", (string)reply["data"]!["text/plain"]!, StringComparison.Ordinal);
        Assert.False((bool)_client.ReplyTo(_client.Send("inspect_request", new() { ["code"] = "1", ["cursor_pos"] = 1 })).Content["found"]!);
    }

    [Fact]
    public void A_line_at_a_prompt_is_judged()
    {
        var reply = _client.ReplyTo(_client.Send("is_complete_request", new() { ["code"] = "if (true) {" })).Content;
        Assert.Equal(("incomplete", "    "), ((string)reply["status"]!, (string)reply["indent"]!));
    }

    [Fact]
    public void The_cells_of_the_session_can_be_asked_for()
    {
        _client.ReplyTo(_client.Execute("1"));
        int number = NextNumber();
        _client.ReplyTo(_client.Execute("2"));
        var history = _client.ReplyTo(_client.Send("history_request", new() { ["hist_access_type"] = "tail", ["n"] = 1, ["output"] = false, ["raw"] = true })).Content["history"]!;
        Assert.Equal($$"""[[0,{{number}},"2"]]""", history.ToJsonString());
    }

    [Fact]
    public void A_widget_is_told_that_there_is_nobody_to_talk_to()
    {
        var published = _client.PublishedBy(_client.Send("comm_open", new() { ["comm_id"] = "w1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() }));
        Assert.Equal("w1", (string)published.Single(message => message.Type == "comm_close").Content["comm_id"]!);
        Assert.Empty(_client.ReplyTo(_client.Send("comm_info_request")).Content["comms"]!.AsObject());
    }

    [Fact]
    public void A_cell_can_ask_its_reader_and_only_the_client_that_has_sent_it_hears_the_question()
    {
        string cell = _client.Execute("""Console.Write("이름? "); var name = Console.ReadLine(); Console.Write($"<{name}>");""", allowStdin: true);
        var question = _client.ReplyTo(cell, ChannelName.Stdin);
        Assert.Equal(("input_request", cell, "이름? ", false), (question.Type, question.Parent, (string)question.Content["prompt"]!, (bool)question.Content["password"]!));
        _client.Send("input_reply", new() { ["value"] = "길동", ["status"] = "ok" }, ChannelName.Stdin);
        Assert.Equal("ok", (string)_client.ReplyTo(cell).Content["status"]!);
        // What the reader has written is shown by the clients themselves.
        Assert.Equal("이름? <길동>", string.Concat(_client.PublishedBy(cell).Where(message => message.Type == "stream").Select(message => Stream(message).Text)));

        string another = _client.Execute("Console.ReadLine()");
        Assert.StartsWith("There is nobody here to ask", (string)_client.ReplyTo(another).Content["evalue"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_stops_the_cell_and_leaves_the_variables_and_whoever_is_asked_for_input_is_asked_no_more()
    {
        _client.ReplyTo(_client.Execute("int kept = 7;"));
        foreach (string code in (string[])["while (true) { }", "Console.ReadLine()"])
        {
            string cell = _client.Execute(code, allowStdin: true);
            _client.NextPublished(message => message.Parent == cell && message.Type == "execute_input");
            Assert.Equal("ok", (string)_client.ReplyTo(_client.Send("interrupt_request", channel: ChannelName.Control), ChannelName.Control).Content["status"]!);
            Assert.Equal("error", (string)_client.ReplyTo(cell).Content["status"]!);
            Assert.Single(_client.PublishedBy(cell), message => message.Type == "error");
        }

        Assert.Equal(("stdout", "7"), Stream(_client.PublishedBy(_client.Execute("Console.Write(kept);")).Single(message => message.Type == "stream")));
    }

    [Fact]
    public void An_answer_to_a_question_of_an_earlier_cell_is_none_to_the_next_one()
    {
        string first = _client.Execute("Console.ReadLine()", allowStdin: true);
        var old = _client.ReplyTo(first, ChannelName.Stdin);
        _client.Send("interrupt_request", channel: ChannelName.Control);
        _client.ReplyTo(first);
        string second = _client.Execute("Console.Write(Console.ReadLine());", allowStdin: true);
        var question = _client.ReplyTo(second, ChannelName.Stdin);
        _client.SendFrames(ChannelName.Stdin, _client.Frames("input_reply", new() { ["value"] = "old" }, old.Id));
        _client.SendFrames(ChannelName.Stdin, _client.Frames("input_reply", new() { ["value"] = "new" }, question.Id));
        Assert.Equal(("stdout", "new"), Stream(_client.PublishedBy(second).Single(message => message.Type == "stream")));
    }

    [Fact]
    public void An_interrupt_stops_what_is_evaluated_after_the_cell()
    {
        string cell = _client.Execute("1", userExpressions: new() { ["endless"] = "((Func<int>)(() => { while (true) { } }))()" });
        _client.NextPublished(message => message.Parent == cell && message.Type == "execute_result");
        Thread.Sleep(200);
        _client.Send("interrupt_request", channel: ChannelName.Control);
        var reply = _client.ReplyTo(cell).Content;
        Assert.Equal(("ok", "error"), ((string)reply["status"]!, (string)reply["user_expressions"]!["endless"]!["status"]!));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\\\"\\\\ud800\\\"")]
    public void What_a_cell_says_is_JSON_and_is_none_is_shown_as_it_is(string json)
    {
        string cell = _client.Execute($"\"{json}\".DisplayAs(\"application/json\"); 5");
        var published = _client.PublishedBy(cell);
        Assert.Equal(["status", "execute_input", "display_data", "execute_result", "status"], published.Select(message => message.Type));
        Assert.Equal(json.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal), (string)published[2].Content["data"]!["application/json"]!);
        Assert.Equal("ok", (string)_client.ReplyTo(cell).Content["status"]!);
    }

    [Theory]
    [InlineData("Console.Write(new string('a', 16383) + \"😀b\");")]
    [InlineData("Console.Write(new string('a', 16383)); foreach (char c in \"😀b\") { Console.Write(c); System.Threading.Thread.Sleep(20); }")]
    public void Text_is_cut_between_characters(string code) =>
        Assert.Equal(new string('a', 16383) + "😀b", string.Concat(_client.PublishedBy(_client.Execute(code)).Where(message => message.Type == "stream").Select(message => Stream(message).Text)));

    [Fact]
    public void A_client_that_comes_again_under_its_name_is_answered()
    {
        _client.ConnectAgain(ChannelName.Shell);
        Assert.Equal("ok", (string)_client.ReplyTo(_client.Send("kernel_info_request")).Content["status"]!);
    }

    [Fact]
    public void What_is_said_of_the_end_and_of_interrupts_on_the_shell_channel_is_heard_there_too()
    {
        Assert.Equal("interrupt_reply", _client.ReplyTo(_client.Send("interrupt_request")).Type);
        Assert.Equal(_client.Ports[ChannelName.Control], (int)_client.ReplyTo(_client.Send("connect_request")).Content["control_port"]!);
    }

    [Fact]
    public void While_a_cell_runs_the_heart_beats_and_control_answers()
    {
        string cell = _client.Execute("System.Threading.Thread.Sleep(-1)");
        _client.NextPublished(message => message.Parent == cell && message.Type == "execute_input");
        Assert.Equal([1, 2, 3], _client.Beat([1, 2, 3]));
        Assert.Equal("ok", (string)_client.ReplyTo(_client.Send("kernel_info_request", channel: ChannelName.Control), ChannelName.Control).Content["status"]!);
        _client.Send("interrupt_request", channel: ChannelName.Control);
        _client.ReplyTo(cell);
    }

    [Fact]
    public void What_is_not_signed_with_the_key_or_comes_twice_is_not_done()
    {
        var frames = _client.Frames("execute_request", new() { ["code"] = "int times = 1;" });
        byte[] content = [.. frames[5]];
        content[^3] ^= 1;
        _client.SendFrames(ChannelName.Shell, [.. frames.Take(5), content]);
        _client.SendFrames(ChannelName.Shell, [new byte[] { 1 }]);
        var once = _client.Frames("execute_request", new() { ["code"] = "Console.Write(\"once\");" });
        _client.SendFrames(ChannelName.Shell, once);
        _client.SendFrames(ChannelName.Shell, once);
        string last = _client.Execute("times");
        Assert.Contains("CS0103", (string)_client.ReplyTo(last).Content["evalue"]!, StringComparison.Ordinal);
        string onceId = (string)JsonNode.Parse(once[2])!["msg_id"]!;
        Assert.Equal(["status", "execute_input", "stream", "status"], _client.PublishedBy(onceId).Select(message => message.Type));
    }

    [Fact]
    public void What_cannot_be_read_is_answered_by_an_error_and_the_kernel_goes_on()
    {
        var reply = _client.ReplyTo(_client.Send("execute_request", new() { ["code"] = 5 }));
        Assert.Equal(("execute_reply", "error"), (reply.Type, (string)reply.Content["status"]!));
        Assert.Equal(["status", "status"], _client.PublishedBy(_client.Send("no_such_request")).Select(message => message.Type));
        Assert.Equal("ok", (string)_client.ReplyTo(_client.Execute("1")).Content["status"]!);
    }

    [Fact]
    public async Task Whoever_connects_and_says_nothing_does_no_harm()
    {
        // So does VS Code, to see whether a kernel listens.
        foreach (int port in _client.Ports.Values)
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
        }

        Assert.Equal("ok", (string)_client.ReplyTo(_client.Execute("1")).Content["status"]!);
    }

    /// <summary>The number that the next cell gets.</summary>
    private int NextNumber() => (int)_client.ReplyTo(_client.Execute("0")).Content["execution_count"]! + 1;

    private static (string Name, string Text) Stream(JupyterClient.Message message) => ((string)message.Content["name"]!, (string)message.Content["text"]!);
}
