using System.Diagnostics;
using System.Text.Json.Nodes;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>The program that stands in for a kernel notices what is not as it was.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"token":"x7","commandType":"SubmitCode","command":{"code":"2"}}""", "instead of")]
    [InlineData("", "the client said nothing instead of")]
    public async Task Another_command_than_the_recorded_one_is_told(string command, string difference)
    {
        var (output, report, exitCode) = await ReplayAsync(command);

        Assert.Equal("", output);
        Assert.Contains(difference, report, StringComparison.Ordinal);
        Assert.NotEqual(3, exitCode);
    }

    [Fact]
    public async Task Events_name_the_clients_own_tokens()
    {
        var (output, report, exitCode) = await ReplayAsync("""{"token":"x7","commandType":"SubmitCode","command":{"code":"1"}}""");

        string[] lines = output.Split('\n');
        Assert.Equal(["x7.2", "x7"], lines[..2].Select(line => (string?)JsonNode.Parse(line)!["command"]!["token"]));
        Assert.Equal("half {", lines[2]);
        Assert.Equal(("", 3), (report, exitCode));
    }

    private async Task<(string Output, string Report, int ExitCode)> ReplayAsync(string command)
    {
        string transcript = _folder.Write("some.jsonl", """
            {"recorded":"nothing real"}
            {"in":{"token":"1","commandType":"SubmitCode","command":{"code":"1"}}}
            {"out":{"event":{},"eventType":"DiagnosticsProduced","command":{"token":"1.2"}}}
            {"out":{"event":{},"eventType":"CommandSucceeded","command":{"token":"1"}}}
            {"stray":"half {"}
            {"exit":3}
            """);
        using Process program = Process.Start(new ProcessStartInfo("dotnet", [Session.TranscriptProgram, "replay", transcript, _folder["report"]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (command.Length > 0)
            await program.StandardInput.WriteLineAsync(command);
        program.StandardInput.Close();
        string output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (output, _folder.Read("report"), program.ExitCode);
    }
}
