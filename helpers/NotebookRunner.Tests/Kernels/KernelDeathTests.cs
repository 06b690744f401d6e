using System.Diagnostics;
using System.Text.RegularExpressions;
using NotebookRunner.Kernels;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Kernels that end, of themselves or by force, leave neither a hang nor a process behind.</summary>
public sealed class KernelDeathTests : IDisposable
{
    // A minute of nothing.
    private static readonly string StartSleep = OperatingSystem.IsWindows()
        ? "System.Diagnostics.Process.Start(\"ping\", \"-n 60 127.0.0.1\")"
        : "System.Diagnostics.Process.Start(\"sleep\", \"60\")";

    private readonly string _folder = Directory.CreateTempSubdirectory("kernel-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixFact]
    public async Task A_killed_kernel_is_told_by_the_signal_even_if_a_child_holds_its_output()
    {
        await using var kernel = await StartAsync();
        var died = await Assert.ThrowsAsync<KernelDiedException>(() => kernel.ExecuteAsync(
            "System.Diagnostics.Process.Start(\"sleep\", \"60\"); System.Diagnostics.Process.Start(\"kill\", $\"-KILL {Environment.ProcessId}\").WaitForExit(); while (true);"));
        Assert.Equal("SIGKILL", died.Signal);
    }

    [Fact]
    public async Task Disposing_ends_the_kernel_and_what_its_cells_have_started()
    {
        int child;
        int kernelId;
        await using (var kernel = await StartAsync())
        {
            kernelId = kernel.ProcessId;
            child = await StartChildAsync(kernel);
        }

        await AssertEndsAsync(kernelId);
        await AssertEndsAsync(child);
    }

    [Fact]
    public async Task Disposing_ends_a_kernel_in_the_middle_of_a_loop()
    {
        var kernel = await StartAsync();
        int child = await StartChildAsync(kernel);
        var running = kernel.ExecuteAsync("while (true);");
        await kernel.DisposeAsync();
        await Assert.ThrowsAsync<KernelDiedException>(() => running);
        await AssertEndsAsync(child);
    }

    [Fact]
    public async Task A_kernel_ends_when_its_parent_is_gone_even_in_the_middle_of_a_loop()
    {
        // All that a kernel sees of its parent's death is the end of its input.
        var command = KernelCommandLine.Embedded;
        using var kernel = Process.Start(
            new ProcessStartInfo(command.FileName, command.Arguments) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string code = System.Text.Json.JsonSerializer.Serialize($"Console.WriteLine({StartSleep}.Id); while (true);");
        await kernel.StandardInput.WriteLineAsync("""{"token":"1","commandType":"SubmitCode","command":{"code":""" + code + "}}");
        await kernel.StandardInput.FlushAsync();
        string? line;
        do
        {
            line = await kernel.StandardOutput.ReadLineAsync();
        }
        while (line?.Contains("StandardOutputValueProduced", StringComparison.Ordinal) == false);
        int child = int.Parse(Regex.Match(line!, @"""value"":""(\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        kernel.StandardInput.Close();
        await AssertEndsAsync(kernel.Id);
        await AssertEndsAsync(child);
    }

    [Fact]
    public async Task What_is_no_kernel_is_told_in_one_line()
    {
        var missing = await Assert.ThrowsAsync<KernelStartException>(() => KernelProcess.StartAsync(new("no-such-program", []), _folder));
        Assert.Contains("no-such-program", missing.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<KernelStartException>(() => KernelProcess.StartAsync(new(DotNetHost.Path, ["no-such-command-or-file"]), _folder));
        Assert.DoesNotContain('\n', wrong.Message);
        await Assert.ThrowsAsync<KernelStartException>(() => KernelProcess.StartAsync(KernelCommandLine.Embedded, Path.Combine(_folder, "missing")));
    }

    [Theory]
    [InlineData("dotnet", "no-such-command")]
    [InlineData("no-such-program", "")]
    public async Task A_kernel_that_is_not_installed_is_told_with_what_to_do(string program, string argument)
    {
        var command = new KernelCommandLine(program, [argument]) { Remedy = "install it" };

        var exception = await Assert.ThrowsAsync<KernelStartException>(() => KernelProcess.StartAsync(command, _folder));

        Assert.StartsWith("install it", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [WindowsFact]
    public async Task What_its_cells_have_started_ends_with_a_kernel_that_is_killed_though_nobody_looks_for_it()
    {
        await using var kernel = await StartAsync();
        int child = await StartChildAsync(kernel);
        using (var process = Process.GetProcessById(kernel.ProcessId))
            process.Kill();
        await AssertEndsAsync(child);
    }

    private Task<KernelProcess> StartAsync() => KernelProcess.StartAsync(KernelCommandLine.Embedded, _folder);

    private static async Task<int> StartChildAsync(KernelProcess kernel)
    {
        var result = await kernel.ExecuteAsync($"Console.Write({StartSleep}.Id);");
        return int.Parse(result.Output(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task AssertEndsAsync(int processId)
    {
        // By itself the child would end after a minute.
        for (int i = 0; i < 600 && !ProcessState.HasEnded(processId); i++)
            await Task.Delay(50);
        Assert.True(ProcessState.HasEnded(processId));
    }
}
