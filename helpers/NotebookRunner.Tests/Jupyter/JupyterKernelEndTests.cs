using System.Diagnostics;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Tests.Kernels;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>The end of a Jupyter kernel.</summary>
public sealed class JupyterKernelEndTests : IDisposable
{
    private readonly JupyterClient _client = JupyterClient.Start();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_client_can_end_it_and_nothing_is_left()
    {
        using Process cells = _client.CellProcess();
        var reply = _client.ReplyTo(_client.Send("shutdown_request", new() { ["restart"] = false }, ChannelName.Control), ChannelName.Control);
        Assert.False((bool)reply.Content["restart"]!);
        var result = await _client.Kernel.WaitAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
        Assert.True(cells.WaitForExit(FactAttribute.Limit));
    }

    [Fact]
    public async Task A_cell_that_ends_its_process_is_told_of_and_the_kernel_ends_so_that_its_client_starts_another()
    {
        string cell = _client.Execute("Environment.Exit(3);");
        var error = _client.PublishedBy(cell).Single(message => message.Type == "error").Content;
        Assert.Equal(("KernelDied", "The kernel died (exit code 3), and with it all variables."), ((string)error["ename"]!, (string)error["evalue"]!));
        Assert.Equal("error", (string)_client.ReplyTo(cell).Content["status"]!);
        var result = await _client.Kernel.WaitAsync();
        Assert.Equal((1, "error: The kernel exited with code 3\n"), (result.ExitCode, result.StandardError));
    }

    [UnixFact]
    public async Task Ctrl_C_stops_the_cell_and_SIGTERM_ends_the_kernel_whatever_it_is_at()
    {
        using Process cells = _client.CellProcess();
        string cell = _client.Execute("while (true) { }");
        _client.NextPublished(message => message.Parent == cell && message.Type == "execute_input");
        await _client.Kernel.SendAsync("INT");
        Assert.Equal("error", (string)_client.ReplyTo(cell).Content["status"]!);

        string next = _client.Execute("while (true) { }");
        _client.NextPublished(message => message.Parent == next && message.Type == "execute_input");
        await _client.Kernel.SendAsync("TERM");
        Assert.Equal(130, (await _client.Kernel.WaitAsync()).ExitCode);
        Assert.True(cells.WaitForExit(FactAttribute.Limit));
    }

    [UnixFact]
    public async Task A_kernel_ends_with_the_client_that_has_started_it()
    {
        using Process parent = Process.Start("sleep", "600");
        using var kernel = JupyterClient.Start(KeyValuePair.Create("JPY_PARENT_PID", $"{parent.Id}"));
        using Process cells = kernel.CellProcess();
        parent.Kill();
        Assert.Equal(0, (await kernel.Kernel.WaitAsync()).ExitCode);
        Assert.True(cells.WaitForExit(FactAttribute.Limit));
    }

    [Fact]
    public void A_kernel_that_is_killed_takes_its_cells_with_it()
    {
        using Process cells = _client.CellProcess();
        using (Process kernel = Process.GetProcessById(_client.Kernel.Id))
            kernel.Kill();
        Assert.True(cells.WaitForExit(FactAttribute.Limit));
    }
}
