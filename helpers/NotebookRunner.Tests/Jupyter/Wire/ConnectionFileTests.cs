using System.Text.Json.Nodes;
using NotebookRunner.Documents;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Jupyter.Wire;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_says_where_to_listen_and_what_to_sign_with()
    {
        var connection = Read(_ => { });
        Assert.Equal("127.0.0.1", connection.Address.ToString());
        Assert.Equal(1003, connection.Ports[ChannelName.IOPub]);
        Assert.Equal("a-key-of-the-test"u8, connection.Key);
    }

    [Theory]
    [InlineData("ip", "\"0.0.0.0\"", "this kernel listens at 127.0.0.1 alone, and not at 0.0.0.0")]
    [InlineData("ip", "\"192.168.0.7\"", "this kernel listens at 127.0.0.1 alone, and not at 192.168.0.7")]
    [InlineData("ip", "\"::ffff:127.0.0.1\"", "this kernel listens at 127.0.0.1 alone, and not at ::ffff:127.0.0.1")]
    [InlineData("transport", "\"ipc\"", "the transport 'ipc' is not among those of this kernel, which knows tcp")]
    [InlineData("key", "\"\"", "it has no key, so that anybody on this machine could run code")]
    [InlineData("signature_scheme", "\"md5\"", "this kernel cannot sign with 'md5'")]
    [InlineData("hb_port", "0", "it has no hb_port")]
    [InlineData("shell_port", "\"x\"", "is no connection file of Jupyter")]
    public void What_this_kernel_does_not_do_is_refused_in_one_line(string name, string value, string message)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Read(json => json[name] = JsonNode.Parse(value)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"key":"a","key":"b"}""")]
    public void What_is_none_is_refused_in_one_line(string text)
    {
        var exception = Assert.Throws<InvalidInputException>(() => ConnectionFile.Read(_folder.Write("connection.json", text)));
        Assert.Contains("is no connection file of Jupyter", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("")]
    public async Task Where_there_is_none_the_program_says_so(string path)
    {
        var result = await RunnerProgram.RunAsync(_folder.Path, "jupyter", "serve", path);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: {path}: cannot be read", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Where_a_port_is_taken_the_program_says_so()
    {
        using System.Net.Sockets.TcpListener other = new(System.Net.IPAddress.Loopback, 0);
        other.Start();
        int taken = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        var ports = Enum.GetValues<ChannelName>().Zip(JupyterClient.FreePorts(), KeyValuePair.Create).ToDictionary();
        ports[ChannelName.Control] = taken;
        string file = _folder.Write("connection.json", JupyterClient.ConnectionText(ports));
        var result = await RunnerProgram.RunAsync(_folder.Path, "jupyter", "serve", file);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: cannot listen at port {taken}", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd().Split('\n'));
    }

    private ConnectionFile Read(Action<JsonObject> change)
    {
        var ports = Enum.GetValues<ChannelName>().ToDictionary(channel => channel, channel => 1000 + (int)channel);
        var json = JsonNode.Parse(JupyterClient.ConnectionText(ports))!.AsObject();
        change(json);
        return ConnectionFile.Read(_folder.Write("connection.json", json.ToJsonString()));
    }
}
