using System.Diagnostics;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>One cell that a kernel runs, or one question about a cell: hands on what comes of it, also of what a cell has left running when it has ended; or gathers it, until the kernel says how it ended.</summary>
internal sealed class CellExecution(string token, Action<KernelEvent>? onEvent)
{
    private readonly List<KernelEvent> _events = [];
    private readonly TaskCompletionSource<CellResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private bool _failed;

    /// <summary>How the cell ended.</summary>
    public Task<CellResult> Result => _result.Task;

    /// <summary>Takes an event of this cell, or of none.</summary>
    public void Receive(EventEnvelope envelope)
    {
        if (envelope.Event is not { } content || envelope.EventType is not { } type)
            return;
        if (envelope.Command is null)
        {
            // The kernel could not read our command, so there will be nothing more about it.
            if (type == EventTypes.ErrorProduced)
                Fail(content.Message, isEnd: true);
        }
        else
        {
            Receive(type, content, isCell: envelope.Command.Token == token);
        }
    }

    /// <summary>Takes text that came past the kernel: from native code, or from a process that the cell started.</summary>
    public void ReceivePast(string text, bool isError) => Add(isError ? new StandardErrorProduced(text) : new StandardOutputProduced(text));

    private void Receive(string type, EventContent content, bool isCell)
    {
        switch (type)
        {
            case EventTypes.StandardOutputValueProduced:
                Add(new StandardOutputProduced(Text(content)));
                break;
            case EventTypes.StandardErrorValueProduced:
                Add(new StandardErrorProduced(Text(content)));
                break;
            case EventTypes.DisplayedValueProduced:
                Add(new ValueDisplayed(content.ValueId, MimeBundle(content)));
                break;
            case EventTypes.DisplayedValueUpdated:
                Add(new DisplayedValueChanged(content.ValueId ?? "", MimeBundle(content)));
                break;
            case EventTypes.ReturnValueProduced:
                Add(new ValueReturned(MimeBundle(content)));
                break;
            case EventTypes.CompletionsProduced:
                Add(new CompletionsFound(content.Completions ?? []));
                break;
            case EventTypes.HoverTextProduced:
                Add(new HoverTextFound(string.Concat((content.Content ?? []).Select(part => part.Value))));
                break;
            case EventTypes.ErrorProduced:
                Fail(content.Message, isEnd: false);
                break;
            case EventTypes.CommandFailed:
                Fail(content.Message, isEnd: isCell);
                break;
            case EventTypes.CommandSucceeded when isCell:
                End();
                break;
        }
    }

    // A failure comes up to three times: of a command within the cell, as an error to show, and of the cell. The first one tells most.
    private void Fail(string? message, bool isEnd)
    {
        if (!_failed && !_result.Task.IsCompleted)
        {
            _failed = true;
            Add(FailureMessage.Parse(message ?? "The cell failed, and the kernel does not say why."));
        }

        if (isEnd)
            End();
    }

    private void End() => _result.TrySetResult(new(!_failed, _events, _elapsed.Elapsed));

    private void Add(KernelEvent kernelEvent)
    {
        if (onEvent is null)
        {
            // The result is with the caller already.
            if (!_result.Task.IsCompleted)
                _events.Add(kernelEvent);
            return;
        }

        try
        {
            onEvent(kernelEvent);
        }
#pragma warning disable CA1031 // Whatever the caller's code throws belongs to the caller, who waits for the result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _result.TrySetException(exception);
        }
    }

    private static string Text(EventContent content) => string.Concat((content.FormattedValues ?? []).Select(value => value.Value));

    private static Dictionary<string, string> MimeBundle(EventContent content)
    {
        var bundle = new Dictionary<string, string>();
        foreach (var value in content.FormattedValues ?? [])
            bundle[value.MimeType] = value.Value ?? "";
        return bundle;
    }
}
