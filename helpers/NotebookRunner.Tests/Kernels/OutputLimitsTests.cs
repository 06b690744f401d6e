using System.Diagnostics;
using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Cells that put out more than anybody can read.</summary>
public sealed class OutputLimitsTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task A_text_of_any_length_arrives_whole_in_pieces()
    {
        var result = await kernels.RunAsync("Console.WriteLine(new string('가', 3_000_000)); Console.Write(\"end\");");
        Assert.Equal(new string('가', 3_000_000) + "\nend", result.Output());
        Assert.All(result.Events.OfType<StandardOutputProduced>(), output => Assert.InRange(output.Text.Length, 1, 20_000));
    }

    [Fact]
    public async Task In_place_of_a_value_that_is_too_large_there_is_a_sentence()
    {
        const string Sentence = "[A value of 60,000,000 characters is not shown, 50,000,000 being the most: show a part of it, or write it to a file.]";
        Assert.Equal(Sentence, (await kernels.RunAsync("new string('x', 60_000_000)")).Returned()["text/plain"]);
        Assert.Equal(Sentence, Assert.Single((await kernels.RunAsync("new string('x', 60_000_000).DisplayAs(\"text/html\");")).Displayed()).MimeBundle["text/plain"]);
    }

    [Fact]
    public async Task Of_a_long_message_the_beginning_and_the_end_are_told()
    {
        string message = (await kernels.RunAsync("throw new Exception(\"begin\" + new string('x', 5_000_000) + \"end\");")).Error().Message;
        Assert.StartsWith("beginxxx", message, StringComparison.Ordinal);
        Assert.Matches(@"x\n\[\d,\d{3},\d{3} characters left out\]\nx", message);
        Assert.InRange(message.Length, 900_000, 1_100_000);
    }

    [Theory(IsLong = true)]
    [InlineData("while (true) Console.WriteLine(\"x\");")]
    [InlineData("while (true) display(\"x\");")]
    [InlineData("var shown = display(0); for (int i = 0; ; i++) shown.Update(i);")]
    [InlineData("Parallel.For(0, 4, i => { while (true) { Console.WriteLine(i); display(i); } });")]
    public async Task A_kernel_whose_client_does_not_read_stays_small_and_is_stopped_when_it_does(string code)
    {
        var client = new ProtocolClient();
        await client.InitializeAsync();
        await client.AskAsync("SubmitCode", """{"code":"Console.Write(1); display(1);"}""");
        string cell = await client.SendAsync("SubmitCode", $$"""{"code":{{System.Text.Json.JsonSerializer.Serialize(code)}}}""");
        await Task.Delay(3000);
        using (var kernel = Process.GetProcessById(client.Id))
            Assert.InRange(kernel.WorkingSet64 >> 20, 1, 600);

        await client.SendAsync("Cancel");
        var clock = Stopwatch.StartNew();
        var events = await client.ReadToEndOfAsync(cell);
        Assert.Equal("Command cancelled.", (string)events.Content("CommandFailed")["message"]!);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await client.DisposeAsync();
    }
}
