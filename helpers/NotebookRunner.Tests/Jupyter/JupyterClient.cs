using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Tests.Programs;

namespace NotebookRunner.Tests.Jupyter;

/// <summary>Talks to a Jupyter kernel over its sockets, as a notebook server does. For one test at a time.</summary>
internal sealed class JupyterClient : IDisposable
{
    private const string Key = "a-key-of-the-test";

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(FactAttribute.Limit);

    private readonly TemporaryFolder _folder = new();
    private readonly MessageFrames _frames = new(new MessageSignatures(MessageSignatures.DefaultScheme, Encoding.UTF8.GetBytes(Key)));
    private readonly Dictionary<ChannelName, NetMQSocket> _sockets = [];
    private readonly List<Message> _published = [];

    private JupyterClient(Dictionary<string, string> environment)
    {
        Ports = Enum.GetValues<ChannelName>().Zip(FreePorts(), KeyValuePair.Create).ToDictionary();
        string file = _folder.Write("연결 파일.json", ConnectionText(Ports));
        Kernel = RunnerProgram.Start(_folder.Path, environment, "jupyter", "serve", file);
        byte[] identity = Guid.NewGuid().ToByteArray();
        foreach (var (channel, port) in Ports)
        {
            _sockets[channel] = Connect(channel, port, identity);
        }
    }

    internal Dictionary<ChannelName, int> Ports { get; }

    internal RunnerProgram Kernel { get; }

    /// <summary>Starts a kernel, and waits until it answers and is heard.</summary>
    internal static JupyterClient Start(params KeyValuePair<string, string>[] environment)
    {
        JupyterClient client = new(environment.ToDictionary());
        client.Welcome = client.NextPublished(message => message.Type == "iopub_welcome");
        client.ReplyTo(client.Send("kernel_info_request"));
        return client;
    }

    internal Message? Welcome { get; private set; }

    internal static string ConnectionText(IReadOnlyDictionary<ChannelName, int> ports) => new JsonObject
    {
        ["transport"] = "tcp",
        ["ip"] = "127.0.0.1",
        ["shell_port"] = ports[ChannelName.Shell],
        ["control_port"] = ports[ChannelName.Control],
        ["stdin_port"] = ports[ChannelName.Stdin],
        ["iopub_port"] = ports[ChannelName.IOPub],
        ["hb_port"] = ports[ChannelName.Heartbeat],
        ["signature_scheme"] = "hmac-sha256",
        ["key"] = Key,
        ["kernel_name"] = ".net-csharp",
    }.ToJsonString();

    internal static IEnumerable<int> FreePorts()
    {
        // All at once, so that each is another.
        TcpListener[] listeners = [.. Enum.GetValues<ChannelName>().Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    /// <summary>Sends a message.</summary>
    /// <returns>Its id.</returns>
    internal string Send(string type, JsonObject? content = null, ChannelName channel = ChannelName.Shell)
    {
        var frames = Frames(type, content);
        SendFrames(channel, frames);
        return (string)JsonNode.Parse(frames[2])!["msg_id"]!;
    }

    internal IReadOnlyList<byte[]> Frames(string type, JsonObject? content = null, string? parent = null) =>
        _frames.Make([], type, parent is null ? null : Encoding.UTF8.GetBytes(new JsonObject { ["msg_id"] = parent }.ToJsonString()), content ?? []);

    internal void SendFrames(ChannelName channel, IReadOnlyList<byte[]> frames) => _sockets[channel].SendMultipartBytes(frames);

    internal string Execute(string code, bool silent = false, bool stopOnError = true, bool allowStdin = false, JsonObject? userExpressions = null) =>
        Send("execute_request", new()
        {
            ["code"] = code,
            ["silent"] = silent,
            ["store_history"] = !silent,
            ["user_expressions"] = userExpressions ?? [],
            ["allow_stdin"] = allowStdin,
            ["stop_on_error"] = stopOnError,
        });

    /// <summary>The answer to a message, or the question that comes of it. What comes of others on this channel is passed over.</summary>
    internal Message ReplyTo(string id, ChannelName channel = ChannelName.Shell)
    {
        while (true)
        {
            var message = Receive(channel, Limit) ?? throw new TimeoutException($"no answer to {id}");
            if (message.Parent == id)
                return message;
        }
    }

    /// <summary>The next message on a channel; null if none comes.</summary>
    internal Message? Receive(ChannelName channel, TimeSpan limit)
    {
        NetMQMessage frames = [];
        return _sockets[channel].TryReceiveMultipartMessage(limit, ref frames!) ? Message.Parse([.. frames.Select(frame => frame.ToByteArray())]) : null;
    }

    /// <summary>All that was published as coming of a message, until the kernel is idle again.</summary>
    internal IReadOnlyList<Message> PublishedBy(string id)
    {
        NextPublished(message => message.Parent == id && (string?)message.Content["execution_state"] == "idle");
        return [.. _published.Where(message => message.Parent == id)];
    }

    /// <summary>The next message that is published and fits; those before it are kept for <see cref="PublishedBy"/>.</summary>
    internal Message NextPublished(Func<Message, bool> fits)
    {
        if (_published.Find(message => fits(message)) is { } known)
            return known;
        while (true)
        {
            var message = Receive(ChannelName.IOPub, Limit) ?? throw new TimeoutException("nothing is published");
            _published.Add(message);
            if (fits(message))
                return message;
        }
    }

    /// <summary>Connects once more under the same name, while the first connection is still there.</summary>
    internal void ConnectAgain(ChannelName channel)
    {
        using NetMQSocket first = _sockets[channel];
        _sockets[channel] = Connect(channel, Ports[channel], first.Options.Identity!);
    }

    private static NetMQSocket Connect(ChannelName channel, int port, byte[] identity)
    {
        NetMQSocket socket = channel == ChannelName.IOPub ? new SubscriberSocket() : new DealerSocket();
        // A client's own sockets have one name, by which the kernel finds the one that answers questions.
        socket.Options.Identity = identity;
        socket.Options.Linger = TimeSpan.Zero;
        // There before the kernel is ready for it.
        socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(1);
        socket.Connect($"tcp://127.0.0.1:{port}");
        (socket as SubscriberSocket)?.SubscribeToAnyTopic();
        return socket;
    }

    /// <summary>Sends bytes for the heart to echo.</summary>
    internal byte[] Beat(byte[] payload)
    {
        _sockets[ChannelName.Heartbeat].SendMoreFrameEmpty().SendFrame(payload);
        NetMQMessage frames = [];
        return _sockets[ChannelName.Heartbeat].TryReceiveMultipartMessage(Limit, ref frames!) ? frames.Last.ToByteArray() : [];
    }

    /// <summary>The process in which the cells run.</summary>
    internal Process CellProcess()
    {
        string id = Execute("Console.Write(Environment.ProcessId)");
        string text = (string)PublishedBy(id).Single(message => message.Type == "stream").Content["text"]!;
        return Process.GetProcessById(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Kernel.Dispose();
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _folder.Dispose();
    }

    /// <summary>A message of the kernel.</summary>
    internal sealed record Message(string Id, string Type, string? Parent, JsonNode Content)
    {
        internal static Message Parse(byte[][] frames)
        {
            int delimiter = Array.FindIndex(frames, frame => frame.AsSpan().SequenceEqual(MessageFrames.Delimiter));
            byte[][] signed = frames[(delimiter + 2)..(delimiter + 6)];
            Assert.True(new MessageSignatures(MessageSignatures.DefaultScheme, Encoding.UTF8.GetBytes(Key)).Verify(frames[delimiter + 1], signed));
            JsonNode[] parts = [.. signed.Select(frame => JsonNode.Parse(frame)!)];
            return new((string)parts[0]["msg_id"]!, (string)parts[0]["msg_type"]!, (string?)parts[1]["msg_id"], parts[3]);
        }
    }
}
