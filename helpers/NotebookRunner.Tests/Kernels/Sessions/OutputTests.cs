namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>What cells put out, in the order in which they do.</summary>
public sealed class OutputTests
{
    public static TheoryData<SessionKernel> Kernels => Session.Kernels;

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task Values_streams_and_displays_keep_their_order(SessionKernel kernel) => Session.HoldAsync("outputs", kernel, static async session =>
    {
        Assert.Equal(["""result text/html <div class="dni-plaintext"><pre>3</pre></div><style/>"""], await session.RunAsync("1 + 2"));
        Assert.Equal(["""result text/html <div class="dni-plaintext"><pre>&lt;null&gt;</pre></div><style/>"""], await session.RunAsync("(string)null"));
        Assert.Equal(["result text/plain 한글 😀 <b>"], await session.RunAsync("\"한글 😀 <b>\""));
        Assert.Empty(await session.RunAsync("int nothing = 0;"));
        Assert.Equal(
            ["stdout a", "stderr b", "stdout c", "display text/plain d", "stdout e\n", "display text/html <b>굵게</b>", "stderr f\n", "result text/plain g"],
            await session.RunAsync(
                """
                Console.Write("a"); Console.Error.Write("b"); Console.Write("c"); display("d"); Console.WriteLine("e");
                display(HTML("<b>굵게</b>")); Console.Error.WriteLine("f"); "g"
                """));
    });

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task A_display_is_updated_in_its_place_by_its_cell_and_by_later_ones(SessionKernel kernel) => Session.HoldAsync("updates", kernel, static async session =>
    {
        OutputLines first = await session.RunAsync(
            """
            using Microsoft.DotNet.Interactive;
            var bar = KernelInvocationContext.Current.Display("0 %", "text/plain");
            Console.Write("between");
            bar.Update("50 %");
            """);
        Assert.Equal(["display text/plain 50 %", "stdout between"], first);

        Assert.Equal(["result text/plain done"], await session.RunAsync("bar.Update(\"100 %\"); \"done\""));
        Assert.Equal(["display text/plain 100 %", "stdout between"], first);
    });

    [Theory]
    [MemberData(nameof(Kernels))]
    public Task Long_lines_and_text_of_any_kind_arrive_whole(SessionKernel kernel) => Session.HoldAsync("text", kernel, static async session =>
    {
        // More than a pipe holds.
        string korean = string.Concat(Enumerable.Repeat("가나다 😀 ", 3_000));
        Assert.Equal([$"stdout {korean}"], await session.RunAsync("Console.Write(string.Concat(Enumerable.Repeat(\"가나다 😀 \", 3_000)));"));
        Assert.Equal(["stdout \0 \u2028 \u001b[1m \" \\ \t\n두 줄\n"], await session.RunAsync("Console.WriteLine(\"\\0 \\u2028 \\u001b[1m \\\" \\\\ \\t\\n두 줄\");"));
    });
}
