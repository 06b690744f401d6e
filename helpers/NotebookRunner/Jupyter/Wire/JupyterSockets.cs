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
    // A client that is gone reads nothing any more.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<ChannelName, NetMQSocket> _sockets = [];
    private readonly NetMQQueue<(ChannelName Channel, IReadOnlyList<byte[]> Frames)> _outgoing = new();
    private readonly NetMQPoller _poller = [];
    private readonly RouterSocket _heartbeat = new();
    private readonly Thread _echo;
    private volatile bool _isClosing;

    /// <summary>Opens them.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="onMessage">Called, on the thread that owns the sockets, with the frames of each message of the shell, control and stdin channels.</param>
    /// <param name="onSubscription">Called likewise with what a client has subscribed to.</param>
    /// <exception cref="InvalidInputException">A port is taken.</exception>
    internal JupyterSockets(ConnectionFile connection, Action<ChannelName, IReadOnlyList<byte[]>> onMessage, Action<byte[]> onSubscription)
    {
        foreach (var channel in (ChannelName[])[ChannelName.Shell, ChannelName.Control, ChannelName.Stdin])
        {
            RouterSocket router = new();
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
                Bind(socket, connection.Address, connection.Ports[channel]);
        }
        catch
        {
            Close();
            throw;
        }

        _poller.Add(_outgoing);
        foreach (var socket in _sockets.Values)
            _poller.Add(socket);
        _poller.RunAsync("sockets", isBackgroundThread: true);
        _echo.UnsafeStart();
    }

    /// <summary>Sends a message after all that were given before. From any thread.</summary>
    internal void Send(ChannelName channel, IReadOnlyList<byte[]> frames) => _outgoing.Enqueue((channel, frames));

    /// <summary>Sends what was given, as far as there is somebody who takes it, and closes the sockets.</summary>
    public void Dispose()
    {
        _isClosing = true;
        _poller.Stop();
        SendAll();
        _echo.Join();
        Close();
        NetMQConfig.Cleanup();
    }

    private static void Bind(NetMQSocket socket, IPAddress address, int port)
    {
        socket.Options.Linger = Linger;
        // Outputs may come faster than a client reads them. None is to be lost.
        socket.Options.SendHighWatermark = 0;
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
