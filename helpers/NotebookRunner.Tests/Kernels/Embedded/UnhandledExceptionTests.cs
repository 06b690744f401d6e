using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels.Embedded;

/// <summary>Exceptions that would end a program end neither the kernel nor the cell.</summary>
public sealed class UnhandledExceptionTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new FormatException(\"boom\")).Start();")]
    [InlineData("async void Fail() { await Task.Yield(); throw new FormatException(\"boom\"); }\nFail();")]
    [InlineData("using (var timer = new System.Threading.Timer(_ => throw new FormatException(\"boom\"), null, 1, -1)) while (!System.IO.File.Exists(\"told\")) await Task.Delay(10);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new FormatException(\"boom\"));")]
    [InlineData("System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => throw new FormatException(\"boom\"), null);")]
    public async Task Are_told_in_the_cell_that_has_started_the_thread_and_everything_goes_on(string code)
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("int kept = 1;")).AssertSucceeded();

        string told = Path.Combine(kernels.Folder, "told");
        File.Delete(told);
        string output = "", errors = "";
        var result = await kernel.ExecuteAsync(
            $"{code}\nwhile (!System.IO.File.Exists(\"told\")) await Task.Delay(10);\nConsole.Write(\"end\");",
            kernelEvent =>
            {
                output += (kernelEvent as StandardOutputProduced)?.Text;
                errors += (kernelEvent as StandardErrorProduced)?.Text;
                if (errors.Contains("FormatException: boom", StringComparison.Ordinal))
                    File.WriteAllText(told, "");
            });

        result.AssertSucceeded();
        Assert.EndsWith("end", output, StringComparison.Ordinal);
        Assert.Contains("A program would have ended here", errors, StringComparison.Ordinal);
        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(kept);")).Output());
    }

    [Fact]
    public async Task Do_no_harm_after_the_cell_has_ended()
    {
        var kernel = await kernels.GetAsync();
        (await kernel.ExecuteAsync("int stays = 1; var late = new System.Threading.Thread(() => { System.Threading.Thread.Sleep(200); throw new FormatException(); }); late.Start();")).AssertSucceeded();
        (await kernel.ExecuteAsync("late.Join();")).AssertSucceeded();

        Assert.Equal("1", (await kernel.ExecuteAsync("Console.Write(stays);")).Output());
    }
}
