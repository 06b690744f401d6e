using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using NotebookRunner.Documents;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>
/// A Jupyter kernel: stands between the sockets of Jupyter's clients and a kernel in a process of its own, which runs the cells. So it answers whatever a cell does, and can tell of a cell that ends its
/// process.
/// </summary>
/// <remarks>Protocol: https://jupyter-client.readthedocs.io/en/stable/messaging.html</remarks>
internal sealed class JupyterKernel : IDisposable
{
    private readonly Channel<(ReceivedMessage Message, long Number)> _shell = Channel.CreateUnbounded<(ReceivedMessage, long)>();
    private readonly Channel<ReceivedMessage> _control = Channel.CreateUnbounded<ReceivedMessage>();
    private readonly ConnectionFile _connection;
    private readonly MessageSignatures _signatures;
    private readonly MessageFrames _frames;
    private readonly ShellRequests _requests;
    private readonly JupyterSockets _sockets;
    private long _received;
    private long _abortedUpTo;

    /// <summary>Opens the sockets.</summary>
    /// <param name="connection">Where.</param>
    /// <exception cref="InvalidInputException">A port is taken.</exception>
    internal JupyterKernel(ConnectionFile connection)
    {
        _connection = connection;
        _signatures = new MessageSignatures(connection.SignatureScheme, connection.Key);
        _frames = new MessageFrames(_signatures);
        _requests = new ShellRequests(Publish, Ask);
        _sockets = new JupyterSockets(connection, Receive, Welcome);
    }

    /// <summary>Stops what the kernel is at for a client, if anything. From any thread.</summary>
    internal void Interrupt() => _requests.Interrupt();

    public void Dispose() => _sockets.Dispose();

    /// <summary>Serves the clients until one of them ends the kernel, the one that has started it ends, or a cell ends its process: clients then see this one end, and start another.</summary>
    /// <param name="folder">The folder in which the cells run.</param>
    /// <param name="cancellationToken">Ends it, too.</param>
    /// <returns>How the process of the cells ended, if it was not asked to; else null.</returns>
    /// <exception cref="KernelStartException">There is no process to run the cells in.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task<KernelDiedException?> ServeAsync(string folder, CancellationToken cancellationToken)
    {
        KernelLog.Begin();
        _sockets.Start();
        Publish(MessageTypes.Status, null, new() { ["execution_state"] = "starting" });
        var starting = _requests.StartAsync(folder);
        try
        {
            // Who asks what the kernel is need not wait until it can run a cell.
            var ending = EndShellAsync(starting);
            var shell = ServeShellAsync();
            await await Task.WhenAny(shell, ServeControlAsync(), ParentProcess.WaitForEndAsync(cancellationToken));
            return shell.IsCompleted ? await ending : null;
        }
        finally
        {
            await _requests.DisposeAsync();
        }
    }

    // What a client has asked for until then is still answered.
    private async Task<KernelDiedException?> EndShellAsync(Task<KernelProcess> starting)
    {
        try
        {
            return await (await starting).Death;
        }
        finally
        {
            _shell.Writer.TryComplete();
        }
    }

    private async Task ServeShellAsync()
    {
        await foreach (var (message, number) in _shell.Reader.ReadAllAsync())
        {
            await ServeAsync(message, async () =>
            {
                if (message.Type == MessageTypes.ExecuteRequest && number <= Interlocked.Read(ref _abortedUpTo))
                    return _requests.Abort();
                var reply = await _requests.AnswerAsync(message);
                // What waits behind a cell that has failed was sent in the hope that it would not.
                if (_requests.StopsOthers)
                    Interlocked.Exchange(ref _abortedUpTo, Interlocked.Read(ref _received));
                return reply;
            });
        }
    }

    private async Task ServeControlAsync()
    {
        await foreach (var message in _control.Reader.ReadAllAsync())
        {
            await ServeAsync(message, () => Task.FromResult(AnswerControl(message)));
            if (message.Type == MessageTypes.ShutdownRequest)
                return;
        }
    }

    private JsonObject? AnswerControl(ReceivedMessage message)
    {
        switch (message.Type)
        {
            case MessageTypes.KernelInfoRequest:
                return KernelInfo.Describe();
            case MessageTypes.InterruptRequest:
                _requests.Interrupt();
                return Reply.Ok();
            case MessageTypes.ConnectRequest:
                return Reply.Ok(_connection.Describe());
            case MessageTypes.ShutdownRequest:
                JsonObject reply = Reply.Ok(new() { ["restart"] = message.Read(MessageJson.Default.ShutdownRequest).Restart });
                Publish(MessageTypes.ShutdownReply, message, (JsonObject)reply.DeepClone());
                return reply;
            default:
                KernelLog.WriteUnknown(message);
                return null;
        }
    }

    /// <summary>Answers a message, and tells everybody that the kernel is at it.</summary>
    private async Task ServeAsync(ReceivedMessage message, Func<Task<JsonObject?>> answer)
    {
        PublishState(message, "busy");
        try
        {
            if (await answer() is { } reply)
                _sockets.Send(message.Channel, _frames.Make(message.Identities, MessageTypes.ReplyTo(message.Type), message.Header, reply));
        }
#pragma warning disable CA1031 // Whatever one request meets, the kernel has others, and its variables, to look after.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            KernelLog.Write($"{message.Type}: {exception}");
            if (MessageTypes.IsRequest(message.Type))
                _sockets.Send(message.Channel, _frames.Make(message.Identities, MessageTypes.ReplyTo(message.Type), message.Header, _requests.Fail(exception)));
        }

        PublishState(message, "idle");
    }

    private void Receive(ChannelName channel, IReadOnlyList<byte[]> frames)
    {
        if (ReceivedMessage.Parse(channel, frames, _signatures) is not { } message)
            KernelLog.Write($"A message on the {channel} channel is none, or is not signed with the key of the connection file, or came twice: nothing was done.");
        else if (channel == ChannelName.Control || message.Type is MessageTypes.InterruptRequest or MessageTypes.ShutdownRequest or MessageTypes.ConnectRequest)
            _control.Writer.TryWrite(message);
        else if (channel == ChannelName.Stdin)
            _requests.Questions.Receive(message);
        else
            _shell.Writer.TryWrite((message, Interlocked.Increment(ref _received)));
    }

    private void Welcome(byte[] topic) =>
        _sockets.Send(ChannelName.IOPub, _frames.Make([topic], MessageTypes.Welcome, null, new() { ["subscription"] = Encoding.UTF8.GetString(topic) }));

    private void PublishState(ReceivedMessage message, string state) => Publish(MessageTypes.Status, message, new() { ["execution_state"] = state });

    private void Publish(string type, ReceivedMessage? parent, JsonObject content) =>
        _sockets.Send(ChannelName.IOPub, _frames.Make([Encoding.ASCII.GetBytes(type)], type, parent?.Header, content));

    private void Ask(ReceivedMessage cell, string id, JsonObject content) =>
        _sockets.Send(ChannelName.Stdin, _frames.Make(cell.Identities, MessageTypes.InputRequest, cell.Header, content, id));
}
