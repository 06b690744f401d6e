using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;

namespace NotebookRunner.Jupyter;

/// <summary>What cells ask whoever reads the notebook, one question at a time.</summary>
/// <param name="send">Sends a question to the client that has sent a cell.</param>
internal sealed class Questions(Action<ReceivedMessage, JsonObject> send)
{
    private TaskCompletionSource<string?>? _asked;

    /// <summary>Asks a question.</summary>
    /// <param name="cell">The cell that asks.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more.</param>
    /// <returns>Null if there is none.</returns>
    internal async Task<string?> AskAsync(ReceivedMessage cell, InputRequest request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<string?> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _asked, asked)?.TrySetResult(null);
        send(cell, new() { ["prompt"] = request.Prompt, ["password"] = request.IsPassword });
        return await asked.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes an answer. One to which there is no question is an old one.</summary>
    internal void Receive(ReceivedMessage message)
    {
        try
        {
            if (message.Type == MessageTypes.InputReply && message.Read(MessageJson.Default.InputReply) is var reply)
                Interlocked.Exchange(ref _asked, null)?.TrySetResult(reply.Status is null or "ok" ? reply.Value : null);
        }
        catch (JsonException exception)
        {
            Console.Error.WriteLine($"An answer to a question of a cell cannot be read: {exception.Message}");
        }
    }
}
