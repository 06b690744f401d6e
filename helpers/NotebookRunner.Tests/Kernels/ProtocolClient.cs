using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using NotebookRunner.Kernels;
using NotebookRunner.Programs;

namespace NotebookRunner.Tests.Kernels;

/// <summary>Talks to the embedded kernel line by line, as an editor's extension does.</summary>
public sealed class ProtocolClient : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit);

    private readonly Process _process;
    private int _lastToken;

    public ProtocolClient()
    {
        var kernel = KernelCommandLine.Embedded;
        _process = Process.Start(new ProcessStartInfo(kernel.FileName, [.. kernel.Arguments, "--working-dir", Path.GetTempPath()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The kernel's first event.</summary>
    internal JsonNode Ready { get; private set; } = null!;

    internal int Id => _process.Id;

    internal string Uri => $"kernel://pid-{_process.Id}";

    public async ValueTask InitializeAsync()
    {
        Ready = await ReadAsync();
        Assert.Equal("KernelReady", Ready.Type());
    }

    /// <summary>Sends a command, and reads to the event that ends it.</summary>
    /// <returns>All events on the way that belong to this command or to those that it entails.</returns>
    internal async Task<IReadOnlyList<JsonNode>> AskAsync(string commandType, string command = "{}", string routingSlip = "[]")
    {
        string token = await SendAsync(commandType, command, routingSlip);
        return await ReadToEndOfAsync(token);
    }

    internal async Task<string> SendAsync(string commandType, string command = "{}", string routingSlip = "[]")
    {
        string token = $"t{++_lastToken}";
        await SendLineAsync($$"""{"token":"{{token}}","commandType":"{{commandType}}","command":{{command}},"routingSlip":{{routingSlip}}}""");
        return token;
    }

    internal Task SendLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    internal async Task<IReadOnlyList<JsonNode>> ReadToEndOfAsync(string token)
    {
        var events = new List<JsonNode>();
        while (true)
        {
            var read = await ReadAsync();
            string? of = (string?)read["command"]?["token"];
            if (of == token || of?.StartsWith(token + ".", StringComparison.Ordinal) == true)
                events.Add(read);
            if (of == token && read.Type() is "CommandSucceeded" or "CommandFailed")
                return events;
        }
    }

    /// <summary>The kernel's next line as it is.</summary>
    internal async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? throw new EndOfStreamException("the kernel has ended");

    /// <summary>Waits for the kernel's end.</summary>
    internal async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        ProcessTree.Kill(_process);
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await ReadLineAsync())!;
}
