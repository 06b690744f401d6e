using NotebookRunner.Kernels;

namespace NotebookRunner.Tests.Kernels;

/// <summary>What goes to the kernel's stderr itself: from child processes, from native code, from <c>Console.OpenStandardError</c>.</summary>
public sealed class ErrorOutputTests(KernelsFixture kernels) : IClassFixture<KernelsFixture>
{
    [Fact]
    public async Task Standard_error_itself_is_the_cells()
    {
        Assert.Equal("bytes", (await kernels.RunAsync("Console.OpenStandardError().Write(\"bytes\"u8);")).ErrorOutput());
        Assert.Equal("", (await kernels.RunAsync("1")).ErrorOutput());
        Assert.Equal("한글\0 and zeros\0\n", (await kernels.RunAsync("Console.OpenStandardError().Write(\"한글\\0 and zeros\\0\\n\"u8);")).ErrorOutput());
    }

    [UnixFact]
    public async Task What_native_code_and_child_processes_say_is_the_cells()
    {
        Assert.Equal("native: Success\n", (await kernels.RunAsync("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void perror(string text);\nSystem.Runtime.InteropServices.Marshal.SetLastSystemError(0);\nperror(\"native\");")).ErrorOutput());
        var result = await kernels.RunAsync("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo out; echo err >&2\"]).WaitForExit();");
        Assert.Equal(("out\n", "err\n"), (result.Output(), result.ErrorOutput()));
    }

    [UnixFact]
    public async Task A_lot_of_it_arrives_whole_with_its_cell()
    {
        var result = await kernels.RunAsync("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"seq 200000 >&2\"]).WaitForExit();");
        Assert.Equal(string.Concat(Enumerable.Range(1, 200_000).Select(n => $"{n}\n")), result.ErrorOutput());
        Assert.Equal("", (await kernels.RunAsync("Console.Write(1);")).ErrorOutput());
    }

    [UnixFact]
    public async Task The_report_of_a_child_that_has_crashed_is_the_cells()
    {
        var result = await kernels.RunAsync("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo Unhandled exception. Boom. >&2; echo '   at A' >&2\"]).WaitForExit();");
        Assert.Equal("Unhandled exception. Boom.\n   at A\n", result.ErrorOutput());
    }

    [Fact]
    public async Task The_report_of_the_kernels_own_crash_is_not_but_what_came_before_it_is()
    {
        var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        var seen = new List<KernelEvent>();
        var died = await Assert.ThrowsAsync<KernelDiedException>(() => kernel.ExecuteAsync(
            "Console.OpenStandardError().Write(\"before\\n\"u8); Environment.FailFast(\"giving up\");", seen.Add));
        Assert.Equal("before\n", string.Concat(seen.OfType<StandardErrorProduced>().Select(text => text.Text)));
        Assert.StartsWith("Process terminated.", died.LastErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(died.LastErrorLines, line => line.Contains("giving up", StringComparison.Ordinal));
        // In Wine with another code than on Windows: WineGaps.FailFast.
        Assert.Matches(OperatingSystem.IsWindows() ? @"ended with 0x\w{8} \((Environment\.FailFast|fail fast)\): Process terminated\. giving up$" : @"was killed by SIGABRT: Process terminated\. giving up$", died.Summary);
    }

    [UnixFact]
    public async Task A_message_that_the_runtime_has_lost_is_told_with_what_to_do()
    {
        var kernel = await kernels.StartAsync(KernelsFixture.Embedded);
        var died = await Assert.ThrowsAsync<KernelDiedException>(() => kernel.ExecuteAsync("Environment.FailFast(\"더는 계속할 수 없습니다\");"));
        // Should the runtime have learnt to write it, all the better.
        Assert.True(died.Summary.Contains("더는 계속할 수 없습니다", StringComparison.Ordinal) || died.Summary.Contains("Console.Error", StringComparison.Ordinal), died.Summary);
    }
}
