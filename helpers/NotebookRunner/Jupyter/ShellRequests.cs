using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using NotebookRunner.Jupyter.Messages;
using NotebookRunner.Jupyter.Wire;
using NotebookRunner.Kernels;
using NotebookRunner.Kernels.Embedded.Language;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Jupyter;

/// <summary>Answers, one after another, what clients ask of a kernel: to run cells, and questions about them.</summary>
internal sealed class ShellRequests : IAsyncDisposable
{
    private readonly Action<string, ReceivedMessage?, JsonObject> _publish;
    private readonly CancellationTokenSource _starting = new();
    private readonly History _history = new();
    private Task<KernelProcess>? _kernel;
    private volatile CancellationTokenSource? _running;
    private volatile ReceivedMessage? _cell;
    private bool _canAsk;
    private int _count;

    /// <param name="publish">Sends a message of a type on IOPub, as one that comes of another.</param>
    /// <param name="ask">Sends a question, with an id, to the client that has sent a cell.</param>
    internal ShellRequests(Action<string, ReceivedMessage?, JsonObject> publish, Action<ReceivedMessage, string, JsonObject> ask)
    {
        _publish = publish;
        Questions = new Questions(ask);
    }

    /// <summary>What cells ask whoever reads the notebook.</summary>
    internal Questions Questions { get; }

    /// <summary>Whether the last request was a cell that failed, and its client wants none of those behind it to be run.</summary>
    internal bool StopsOthers { get; private set; }

    /// <summary>Starts the process that runs the cells.</summary>
    /// <exception cref="KernelStartException">It does not start.</exception>
    internal Task<KernelProcess> StartAsync(string folder) => _kernel = StartKernelAsync(folder);

    /// <summary>Stops the cell that runs, or gives up the question that is being answered, if there is any. From any thread.</summary>
    internal void Interrupt()
    {
        try
        {
            _running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    /// <summary>The answer to a cell that is not run, since one before it has failed.</summary>
    internal JsonObject Abort() => Reply.With("aborted", new() { ["execution_count"] = _count });

    /// <summary>The answer to a request that could not be answered.</summary>
    internal JsonObject Fail(Exception exception)
    {
        var reply = Reply.Error(exception);
        reply["execution_count"] = _count;
        return reply;
    }

    /// <summary>Answers a request.</summary>
    /// <returns>Null if there is no answer to it.</returns>
    internal async Task<JsonObject?> AnswerAsync(ReceivedMessage request)
    {
        StopsOthers = false;
        using CancellationTokenSource running = new();
        _running = running;
        try
        {
            return await AnswerAsync(request, running.Token);
        }
        finally
        {
            _running = null;
        }
    }

    private async Task<JsonObject?> AnswerAsync(ReceivedMessage request, CancellationToken cancellationToken)
    {
        switch (request.Type)
        {
            case MessageTypes.KernelInfoRequest:
                return KernelInfo.Describe();
            case MessageTypes.ExecuteRequest:
                return await ExecuteAsync(request, request.Read(MessageJson.Default.ExecuteRequest), cancellationToken);
            case MessageTypes.CompleteRequest:
                return await CompleteAsync(request.Read(MessageJson.Default.CodeRequest), cancellationToken);
            case MessageTypes.InspectRequest:
                return await InspectAsync(request.Read(MessageJson.Default.CodeRequest), cancellationToken);
            case MessageTypes.IsCompleteRequest:
                return JudgeCompleteness(request.Read(MessageJson.Default.CodeRequest).Code ?? "");
            case MessageTypes.HistoryRequest:
                return Reply.Ok(new() { ["history"] = _history.Find(request.Read(MessageJson.Default.HistoryRequest)) });
            case MessageTypes.CommInfoRequest:
                return Reply.Ok(new() { ["comms"] = new JsonObject() });
            case MessageTypes.CommOpen:
                // Nothing in this kernel can be talked to.
                _publish(MessageTypes.CommClose, request, new() { ["comm_id"] = request.Read(MessageJson.Default.CommOpen).CommId, ["data"] = new JsonObject() });
                return null;
            case MessageTypes.CommMessage or MessageTypes.CommClose:
                return null;
            default:
                KernelLog.WriteUnknown(request);
                return null;
        }
    }

    /// <summary>Ends the process that runs the cells.</summary>
    public async ValueTask DisposeAsync()
    {
        await _starting.CancelAsync();
        if (_kernel is not null)
        {
            await ((Task)_kernel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_kernel.IsCompletedSuccessfully)
                await (await _kernel).DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task<KernelProcess> StartKernelAsync(string folder)
    {
        var kernel = await KernelProcess.StartAsync(KernelCommandLine.Embedded, folder, _starting.Token);
        kernel.AskReader = AskReaderAsync;
        return kernel;
    }

    private async Task<string?> AskReaderAsync(InputRequest question, CancellationToken cancellationToken) =>
        _cell is { } cell ? await Questions.AskAsync(cell, question, cancellationToken) : null;

    private async Task<JsonObject> ExecuteAsync(ReceivedMessage request, ExecuteRequest cell, CancellationToken cancellationToken)
    {
        string code = cell.Code ?? "";
        if (cell is { Silent: false, StoreHistory: true })
            _history.Add(++_count, code);
        if (!cell.Silent)
            _publish(MessageTypes.ExecuteInput, request, new() { ["code"] = code, ["execution_count"] = _count });
        CellPublisher publisher = new((type, content) =>
        {
            if (!cell.Silent)
                _publish(type, request, content);
        }, _count);

        await RunAsync(request, cell, code, publisher, cancellationToken);
        JsonObject reply = new() { ["execution_count"] = _count, ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() };
        if (publisher.Error is { } error)
        {
            StopsOthers = cell.StopOnError;
            foreach (var (name, value) in CellPublisher.Describe(error))
                reply[name] = value?.DeepClone();
            return Reply.With("error", reply);
        }

        foreach (var (name, expression) in cell.UserExpressions ?? [])
            reply["user_expressions"]![name] = await EvaluateAsync(expression, cancellationToken);
        return Reply.Ok(reply);
    }

    private async Task RunAsync(ReceivedMessage request, ExecuteRequest cell, string code, CellPublisher publisher, CancellationToken cancellationToken)
    {
        _cell = request;
        try
        {
            var kernel = await _kernel!.WaitAsync(cancellationToken);
            if (_canAsk != cell.AllowStdin)
                await kernel.AnnounceReaderAsync(_canAsk = cell.AllowStdin);
            await kernel.ExecuteAsync(code, publisher.Publish, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A kernel that stops a cell says so itself.
            if (publisher.Error is null)
                publisher.Publish(new ErrorRaised("The cell was interrupted.", typeof(OperationCanceledException).FullName, null));
        }
        catch (KernelDiedException exception)
        {
            publisher.Publish(new ErrorRaised($"The kernel died ({exception.Cause}), and with it all variables.", "KernelDied", string.Join('\n', exception.LastErrorLines)));
        }
        catch (KernelStartException exception)
        {
            publisher.Publish(new ErrorRaised(exception.Message, "KernelNotStarted", null));
        }
        finally
        {
            _cell = null;
        }
    }

    private async Task<JsonObject> EvaluateAsync(string expression, CancellationToken cancellationToken)
    {
        try
        {
            var events = (await (await _kernel!).ExecuteAsync(expression, onEvent: null, cancellationToken)).Events;
            if (events.OfType<ErrorRaised>().FirstOrDefault() is { } error)
                return Reply.With("error", CellPublisher.Describe(error));
            var value = events.OfType<ValueReturned>().LastOrDefault();
            return Reply.Ok(new() { ["data"] = CellPublisher.Bundle(value?.MimeBundle ?? new Dictionary<string, string>()), ["metadata"] = new JsonObject() });
        }
        catch (Exception exception) when (exception is KernelDiedException or OperationCanceledException)
        {
            return Reply.Error(exception);
        }
    }

    private async Task<JsonObject> CompleteAsync(CodeRequest request, CancellationToken cancellationToken)
    {
        string code = request.Code ?? "";
        int end = CodePoints.ToOffset(code, request.CursorPos);
        int start = end;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
            start--;
        string word = code[start..end];
        IReadOnlyList<CompletionContent> found = await AskKernelAsync(kernel => kernel.RequestCompletionsAsync(code, CodePoints.ToPosition(code, end), cancellationToken), cancellationToken) ?? [];
        // Those written as they were begun come before those that differ in case.
        CompletionContent[] fitting =
        [
            .. found.Where(completion => completion.FilterText.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(completion => completion.FilterText.StartsWith(word, StringComparison.Ordinal)),
        ];
        int first = CodePoints.FromOffset(code, start), last = CodePoints.FromOffset(code, end);
        JsonArray types = [.. fitting.Select(completion => new JsonObject
        {
            ["start"] = first,
            ["end"] = last,
            ["text"] = completion.InsertText,
            ["type"] = completion.Kind.ToLowerInvariant(),
            ["signature"] = completion.Documentation,
        })];
        return Reply.Ok(new()
        {
            ["matches"] = new JsonArray([.. fitting.Select(completion => completion.InsertText).Distinct().Select(text => JsonValue.Create(text))]),
            ["cursor_start"] = first,
            ["cursor_end"] = last,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = types },
        });
    }

    private async Task<JsonObject> InspectAsync(CodeRequest request, CancellationToken cancellationToken)
    {
        string code = request.Code ?? "";
        string? markdown = await AskKernelAsync(kernel => kernel.RequestHoverTextAsync(code, CodePoints.ToPosition(code, CodePoints.ToOffset(code, request.CursorPos)), cancellationToken), cancellationToken);
        JsonObject data = [];
        if (markdown is not null)
        {
            data["text/plain"] = markdown.Replace("```csharp\n", "", StringComparison.Ordinal).Replace("\n```", "", StringComparison.Ordinal);
            data["text/markdown"] = markdown;
        }

        return Reply.Ok(new() { ["found"] = markdown is not null, ["data"] = data, ["metadata"] = new JsonObject() });
    }

    private static JsonObject JudgeCompleteness(string code)
    {
        string status = CellCompleteness.Of(code);
        return status == "incomplete" ? Reply.With(status, new() { ["indent"] = CellCompleteness.NextIndent(code) }) : Reply.With(status, null);
    }

    // A kernel that has died is told of where a cell is run; a question about a cell then has no answer.
    private async Task<T?> AskKernelAsync<T>(Func<KernelProcess, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(await _kernel!.WaitAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is KernelDiedException or KernelStartException)
        {
            return default;
        }
    }
}
