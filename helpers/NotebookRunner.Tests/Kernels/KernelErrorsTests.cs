using System.Text;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Kernels.Embedded;

namespace NotebookRunner.Tests.Kernels;

/// <summary>A kernel's stderr: text of the cells', and what the runtime says when it dies, which is no cell's.</summary>
public sealed class KernelErrorsTests
{
    [Theory]
    [InlineData("a\rb\r", "a\rb\r", "b")]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n", "a|b")]
    [InlineData("10%\r20%\rdone\n", "10%\r20%\rdone\n", "done")]
    [InlineData("one\nUnhandled exception. Boom\r\n   at A\r\n", "one\n", "Unhandled exception. Boom|   at A")]
    [InlineData("10%\r20%\rUnhandled exception. Boom\n   at A\n", "10%\r20%\r", "Unhandled exception. Boom|   at A")]
    [InlineData("Unhandled exception. Boom\n10%\r20%\r", "", "Unhandled exception. Boom|20%")]
    [InlineData("Unhandled\rmatter\n", "Unhandled\rmatter\n", "matter")]
    public async Task A_line_that_is_begun_anew_is_what_it_is_at_its_end(string text, string passedOn, string lastLines)
    {
        foreach (int atOnce in new[] { 1, 2, 5, 1000 })
        {
            var (passed, last) = await ReadAsync(text, atOnce);
            Assert.Equal(passedOn, passed);
            Assert.Equal(lastLines, last);
        }
    }

    [Fact]
    public async Task A_report_is_found_behind_a_long_progress_bar()
    {
        string bar = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"step {i}\r"));
        Assert.Equal((bar, "Unhandled exception. Boom"), await ReadAsync($"{bar}Unhandled exception. Boom\n", atOnce: 1000));
    }

    private static async Task<(string PassedOn, string LastLines)> ReadAsync(string text, int atOnce)
    {
        var passedOn = new StringBuilder();
        var errors = new KernelErrors(_ => false, text => passedOn.Append(text));
        using var reader = new StreamReader(new SlowStream(new MemoryStream(Encoding.UTF8.GetBytes(text))) { AtOnce = atOnce });
        await errors.ReadAsync(reader);
        return (passedOn.ToString(), string.Join('|', errors.LastLines));
    }
}
