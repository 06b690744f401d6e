using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>What cells ask whoever reads the notebook, one question at a time.</summary>
/// <param name="send">Sends a question, with an id, to the client that has sent a cell.</param>
internal sealed class Questions(Action<ReceivedMessage, string, JsonObject> send)
{
    private readonly Lock _gate = new();
    private (string Id, TaskCompletionSource<string?> Answer)? _asked;

    /// <summary>Asks a question.</summary>
    /// <param name="cell">The cell that asks.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more.</param>
    /// <returns>Null if there is none.</returns>
    internal async Task<string?> AskAsync(ReceivedMessage cell, InputRequest request, CancellationToken cancellationToken)
    {
        string id = Guid.NewGuid().ToString();
        TaskCompletionSource<string?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _asked = (id, answer);
        try
        {
            send(cell, id, new() { ["prompt"] = request.Prompt, ["password"] = request.IsPassword });
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
                _asked = _asked?.Id == id ? null : _asked;
        }
    }

    /// <summary>Takes an answer. One to another question, or to which there is none, is an old one.</summary>
    internal void Receive(ReceivedMessage message)
    {
        try
        {
            if (message.Type != MessageTypes.InputReply)
                return;
            var reply = message.Read(MessageJson.Default.InputReply);
            lock (_gate)
            {
                // Not every client says which question it answers.
                if (_asked is var (id, answer) && (message.ParentId is null || message.ParentId == id))
                    answer.TrySetResult(reply.Status is null or "ok" ? reply.Value : null);
            }
        }
        catch (JsonException exception)
        {
            KernelLog.Write($"An answer to a question of a cell cannot be read: {exception.Message}");
        }
    }
}
