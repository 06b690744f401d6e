using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels.Embedded;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A kernel's stdout: events, among text of whoever else writes there.</summary>
public sealed class KernelOutputTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    private const string Event = """{"event":{},"eventType":"E"}""", Command = """{"token":"1.1","commandType":"C","command":{}}""";

    [Theory]
    [InlineData("a\rb\r", "a\rb\r")]
    [InlineData("a\r\nb\n\nc", "a\r\nb\n\nc")]
    [InlineData("한글 without an end", "한글 without an end")]
    [InlineData($"{Event}\n{Event}\r\n", "[E][E]")]
    [InlineData($"{Event}\n{Event}", "[E][E]")]
    [InlineData($"half{Event}\nrest\n", "half[E]rest\n")]
    [InlineData($"10%\r20%\r{Event}\n30%\r", "10%\r20%\r[E]30%\r")]
    [InlineData("{\"event\":{}}\n{\"eve", "{\"event\":{}}\n{\"eve")]
    [InlineData($"{{\"event\": hello {Event}\n", "{\"event\": hello [E]")]
    [InlineData($"{{\"event\":{{\"event\":{{\"ev{Event}\n", "{\"event\":{\"event\":{\"ev[E]")]
    [InlineData($"half{Command}\n{Event}\n{{\"token\":1}}\n", "half[C][E]{\"token\":1}\n")]
    [InlineData($"{{\"token\":{{\"event\":{Command}\n{{\"to", "{\"token\":{\"event\":[C]{\"to")]
    [InlineData("", "")]
    public async Task Text_is_passed_on_as_it_is_and_what_the_kernel_says_is_found_in_it(string text, string expected)
    {
        foreach (int atOnce in new[] { 1, 2, 5, 1000 })
        {
            using var stream = new SlowStream(new MemoryStream(Encoding.UTF8.GetBytes(text))) { AtOnce = atOnce };
            Assert.Equal(expected, await ReadAsync(stream));
        }
    }

    [Fact]
    public async Task A_progress_bar_is_passed_on_before_its_line_ends()
    {
        using var reading = new AnonymousPipeServerStream(PipeDirection.In);
        using var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        using var read = new SemaphoreSlim(0);
        var all = Task.Run(() => new KernelOutput(reading).ReadAsync(_ => { }, _ => { }, _ => read.Release()));
        for (int i = 0; i < 3; i++)
        {
            writing.Write(Encoding.UTF8.GetBytes($"{i} %\r"));
            Assert.True(await read.WaitAsync(TimeSpan.FromSeconds(60)));
        }

        writing.Dispose();
        await all;
    }

    [UnixFact]
    public async Task What_a_process_prints_is_what_arrives()
    {
        using var process = Process.Start(new ProcessStartInfo("printf", ["a\\rb\\r"]) { RedirectStandardOutput = true })!;
        Assert.Equal("a\rb\r", await ReadAsync(process.StandardOutput.BaseStream));
    }

    [UnixFact]
    public async Task What_a_process_prints_on_either_stream_is_what_its_cell_shows()
    {
        var result = await kernels.RunAsync("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"printf 'a\\\\rb\\\\r'; printf 'c\\\\rd\\\\r' >&2\"]).WaitForExit();");
        Assert.Equal(("a\rb\r", "c\rd\r"), (result.Output(), result.ErrorOutput()));
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        await new KernelOutput(stream).ReadAsync(_ => text.Append("[E]"), _ => text.Append("[C]"), stray => text.Append(stray));
        return text.ToString();
    }
}
