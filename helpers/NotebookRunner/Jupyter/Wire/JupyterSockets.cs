using System.Net;
using NetMQ;
using NetMQ.Sockets;
using NotebookRunner.Documents;

namespace NotebookRunner.Jupyter.Wire;

/// <summary>
/// The sockets of a kernel. NetMQ's are not thread-safe, so that one thread owns all but the heartbeat, which has its own. What is sent goes out in the order in which it was given, whatever the
/// channel: a reply before the word that the kernel is idle again.
/// </summary>
internal sealed class JupyterSockets : IDisposable
{
    // The last outputs of a cell that has ended its process may be many. One that is gone has none waiting for it.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    // Who subscribes and reads nothing loses what comes after so many messages, as with ipykernel, which keeps 1000: else a cell that prints for ever would fill the memory.
    private const int MaxUnread = 20_000;

    private readonly Dictionary<ChannelName, NetMQSocket> _sockets = [];
    private readonly NetMQQueue<(ChannelName Channel, IReadOnlyList<byte[]> Frames)> _outgoing = new();
    private readonly NetMQPoller _poller = [];
    private readonly RouterSocket _heartbeat = new();
    private readonly Thread _echo;
    private volatile bool _isClosing;

    /// <summary>Opens them. Nothing is received before <see cref="Start"/>.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="onMessage">Called, on the thread that owns the sockets, with the frames of each message of the shell, control and stdin channels.</param>
    /// <param name="onSubscription">Called likewise with what a client has subscribed to.</param>
    /// <exception cref="InvalidInputException">A port is taken.</exception>
    internal JupyterSockets(ConnectionFile connection, Action<ChannelName, IReadOnlyList<byte[]>> onMessage, Action<byte[]> onSubscription)
    {
        foreach (var channel in (ChannelName[])[ChannelName.Shell, ChannelName.Control, ChannelName.Stdin])
        {
            RouterSocket router = new();
            // A client that comes again, under its own name, before its old connection is known to be gone.
            router.Options.RouterHandover = true;
            router.ReceiveReady += (_, _) => Receive(router, frames => onMessage(channel, frames));
            _sockets[channel] = router;
        }

        // Verbose: each subscriber is welcomed, and not only the first one.
        XPublisherSocket publisher = new();
        publisher.Options.XPubVerbose = true;
        publisher.ReceiveReady += (_, _) => Receive(publisher, frames =>
        {
            if (frames is [[1, .. var topic]])
                onSubscription(topic);
        });
        _sockets[ChannelName.IOPub] = publisher;
        _outgoing.ReceiveReady += (_, _) => SendAll();
        _echo = new Thread(Echo) { IsBackground = true, Name = "heartbeat" };
        try
        {
            foreach (var (channel, socket) in _sockets.Append(new(ChannelName.Heartbeat, _heartbeat)))
                Bind(socket, connection.Address, connection.Ports[channel], channel == ChannelName.IOPub ? MaxUnread : 0);
        }
        catch
        {
            Close();
            throw;
        }

        _poller.Add(_outgoing);
        foreach (var socket in _sockets.Values)
            _poller.Add(socket);
    }

    /// <summary>Begins to receive, and to send.</summary>
    internal void Start()
    {
        _poller.RunAsync("sockets", isBackgroundThread: true);
        _echo.UnsafeStart();
    }

    /// <summary>Sends a message after all that were given before. From any thread.</summary>
    internal void Send(ChannelName channel, IReadOnlyList<byte[]> frames) => _outgoing.Enqueue((channel, frames));

    /// <summary>Sends what was given, as far as there is somebody who takes it, and closes the sockets.</summary>
    public void Dispose()
    {
        _isClosing = true;
        if (_poller.IsRunning)
        {
            _poller.Stop();
            SendAll();
            _echo.Join();
        }

        Close();
        NetMQConfig.Cleanup();
    }

    private static void Bind(NetMQSocket socket, IPAddress address, int port, int maxUnread)
    {
        socket.Options.Linger = Linger;
        socket.Options.SendHighWatermark = maxUnread;
        socket.Options.ReceiveHighWatermark = 0;
        try
        {
            socket.Bind($"tcp://{new IPEndPoint(address, port)}");
        }
        catch (NetMQException exception)
        {
            throw new InvalidInputException($"cannot listen at port {port}, which the connection file asks for ({exception.Message.ReplaceLineEndings(" ")}). Start the kernel again: its client chooses other ports.", exception);
        }
    }

    private static void Receive(NetMQSocket socket, Action<IReadOnlyList<byte[]>> onFrames)
    {
        NetMQMessage message = [];
        while (socket.TryReceiveMultipartMessage(ref message!))
            onFrames([.. message.Select(frame => frame.ToByteArray())]);
    }

    private void SendAll()
    {
        while (_outgoing.TryDequeue(out var message, TimeSpan.Zero))
            _sockets[message.Channel].TrySendMultipartBytes(TimeSpan.Zero, message.Frames);
    }

    private void Echo()
    {
        NetMQMessage message = [];
        while (!_isClosing)
        {
            if (_heartbeat.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(100), ref message!))
                _heartbeat.TrySendMultipartMessage(message);
        }
    }

    private void Close()
    {
        _poller.Dispose();
        _outgoing.Dispose();
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _heartbeat.Dispose();
    }
}
