using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Documents;

namespace NotebookRunner.Jupyter.Wire;

/// <summary>Where a Jupyter client wants its kernel to listen, and the key that both sign with. The client writes it to a file that only its user can read.</summary>
/// <param name="Address">An address of this machine.</param>
/// <param name="Ports">The port of each channel.</param>
/// <param name="SignatureScheme">For instance <c>hmac-sha256</c>.</param>
/// <param name="Key">The key of the signatures.</param>
internal sealed record ConnectionFile(IPAddress Address, IReadOnlyDictionary<ChannelName, int> Ports, string SignatureScheme, byte[] Key)
{
    /// <summary>Reads a connection file.</summary>
    /// <exception cref="InvalidInputException">There is no such file, it is none, or it asks for what this kernel does not do: to listen to other machines, or to whoever comes.</exception>
    internal static ConnectionFile Read(string path)
    {
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("it is no JSON object"));
        }
        catch (Exception exception) when (path.Length == 0 || exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be read ({exception.Message.ReplaceLineEndings(" ")}). A Jupyter client writes this file and gives its name.", exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidInputException($"{path}: is no connection file of Jupyter ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    /// <summary>The ports, as a client asks for them.</summary>
    internal JsonObject Describe() => new(Ports.Select(port => KeyValuePair.Create<string, JsonNode?>(PortName(port.Key), port.Value)));

    private static ConnectionFile Parse(JsonObject json)
    {
        if (Text(json, "transport") is not (null or "tcp") and var transport)
            throw new FormatException($"the transport '{transport}' is not among those of this kernel, which knows tcp");
        string ip = Text(json, "ip") ?? throw new FormatException("it has no ip");
        if (!IPAddress.TryParse(ip == "localhost" ? "127.0.0.1" : ip, out var address) || !IPAddress.IsLoopback(address) || address.IsIPv4MappedToIPv6)
            throw new FormatException($"this kernel listens at 127.0.0.1 alone, and not at {ip}");
        if (Text(json, "key") is not { Length: > 0 } key)
            throw new FormatException("it has no key, so that anybody on this machine could run code");
        string scheme = Text(json, "signature_scheme") ?? MessageSignatures.DefaultScheme;
        if (!MessageSignatures.Knows(scheme))
            throw new FormatException($"this kernel cannot sign with '{scheme}'");
        return new(address, Enum.GetValues<ChannelName>().ToDictionary(channel => channel, channel => Port(json, channel)), scheme, Encoding.UTF8.GetBytes(key));
    }

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static string PortName(ChannelName channel) => channel switch
    {
        ChannelName.Shell => "shell_port",
        ChannelName.Control => "control_port",
        ChannelName.Stdin => "stdin_port",
        ChannelName.IOPub => "iopub_port",
        _ => "hb_port",
    };

    private static int Port(JsonObject json, ChannelName channel)
    {
        string name = PortName(channel);
        int? port = json[name]?.GetValue<int>();
        return port is > 0 and <= ushort.MaxValue ? port.Value : throw new FormatException($"it has no {name}");
    }
}
