using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Input;

/// <summary>A question to the reader that has no answer yet.</summary>
internal sealed class PendingInput(CommandEnvelope request)
{
    private readonly TaskCompletionSource<(string? Value, bool IsShown)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The question as the client gets it.</summary>
    public CommandEnvelope Request => request;

    /// <summary>Completes when there is an answer, or it is known that there will be none.</summary>
    public Task Answered => _answer.Task;

    /// <summary>What the reader has written; null if nothing.</summary>
    public string? Value => _answer.Task.IsCompleted ? _answer.Task.Result.Value : null;

    /// <summary>Whether the client shows it itself.</summary>
    public bool IsShown => _answer.Task.IsCompleted && _answer.Task.Result.IsShown;

    /// <summary>Takes the answer; the first one counts.</summary>
    public void Answer(string? value, bool isShown = false) => _answer.TrySetResult((value, isShown));

    /// <summary>
    /// Whether an answer to <paramref name="command"/> is one to this question. Polyglot Notebooks gives the command another number within the cell's, or answers, if the reader refuses, by
    /// the failure of the cell.
    /// </summary>
    public bool IsMeantBy(CommandEnvelope? command)
    {
        string? token = command?.Token;
        return token is not null
            && (token == request.Token
                || (command!.CommandType == CommandTypes.RequestInput && Root(token) == Root(request.Token!))
                || request.Token!.StartsWith(token + ".", StringComparison.Ordinal));
    }

    private static string Root(string token) => token.Split('.')[0];
}
