using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels;

/// <summary>A kernel in a process of its own, driven over .NET Interactive's stdio protocol. Cells run one after another.</summary>
internal sealed partial class KernelProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly KernelErrors _errors;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<KernelDiedException> _death;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _receiving = new();
    private readonly Dictionary<string, CellExecution> _executions = new(StringComparer.Ordinal);
    private volatile CellExecution? _current;
    private CellExecution? _last;
    private CancellationToken _cellOver;
    private volatile bool _isQuitting;
    private int _lastToken;

    private KernelProcess(Process process, bool marksErrors)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _errors = new KernelErrors(IsToken, marksErrors ? OnErrorText : null);
        var reading = Task.WhenAll(
            new KernelOutput(process.StandardOutput.BaseStream).ReadAsync(OnEvent, OnCommand, OnStray),
            _errors.ReadAsync(process.StandardError));
        _death = WaitForDeathAsync(reading);
    }

    /// <summary>The kernel's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Asks whoever reads the notebook for a line on behalf of the cell that runs: null, or cancelled, if there is none. Shows what was written, unless nobody shall see it. Used when <see cref="AnnounceReaderAsync"/> has said that there is somebody.</summary>
    public Func<InputRequest, CancellationToken, Task<string?>>? AskReader { get; set; }

    /// <summary>Completes when the process has ended, and says how.</summary>
    public Task<KernelDiedException> Death => _death;

    /// <summary>Runs one cell.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="onEvent">
    /// Called for each event, in order, never concurrently: also when the cell has ended, for what its threads still print or show. Null if nobody watches.
    /// </param>
    /// <param name="cancellationToken">Asks the kernel to cancel the cell; a kernel that does not react is killed.</param>
    /// <exception cref="KernelDiedException">The kernel's process ended.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public Task<CellResult> ExecuteAsync(string code, Action<KernelEvent>? onEvent = null, CancellationToken cancellationToken = default) =>
        CarryOutAsync(CommandTypes.SubmitCode, new("csharp", code), onEvent, cancellationToken);

    /// <summary>Tells the kernel whether there is anybody who can be asked for input. Until it is told, there is not.</summary>
    public Task AnnounceReaderAsync(bool isThere)
    {
        IReadOnlyList<SupportedCommand> commands = isThere ? [new(CommandTypes.RequestInput)] : [];
        return SendAsync(new EventEnvelope(new(KernelInfo: new("client", "kernel://client", "client", [], commands)), EventTypes.KernelInfoProduced, null));
    }

    /// <summary>Asks, between two cells, what could be written at a place in a third.</summary>
    /// <param name="code">The source, as far as it is written.</param>
    /// <param name="position">The place in it.</param>
    /// <param name="cancellationToken">As for a cell.</param>
    /// <returns>In the kernel's order; none if there is nothing to say.</returns>
    /// <exception cref="KernelDiedException">The kernel's process ended.</exception>
    /// <exception cref="OperationCanceledException">The question was cancelled.</exception>
    public async Task<IReadOnlyList<CompletionContent>> RequestCompletionsAsync(string code, PositionContent position, CancellationToken cancellationToken = default)
    {
        var result = await CarryOutAsync(CommandTypes.RequestCompletions, new("csharp", code, LinePosition: position), onEvent: null, cancellationToken);
        return [.. result.Events.OfType<CompletionsFound>().SelectMany(found => found.Completions)];
    }

    /// <summary>Asks, between two cells, what a name in a third is.</summary>
    /// <returns>Its declaration, and what its author has written about it, as Markdown; null if it is no name that means anything.</returns>
    /// <inheritdoc cref="RequestCompletionsAsync"/>
    public async Task<string?> RequestHoverTextAsync(string code, PositionContent position, CancellationToken cancellationToken = default)
    {
        var result = await CarryOutAsync(CommandTypes.RequestHoverText, new("csharp", code, LinePosition: position), onEvent: null, cancellationToken);
        return result.Events.OfType<HoverTextFound>().FirstOrDefault()?.Markdown;
    }

    private async Task<CellResult> CarryOutAsync(string commandType, CommandContent command, Action<KernelEvent>? onEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_current is not null)
            throw new InvalidOperationException("The kernel runs a cell already.");

        string token = NextToken();
        var execution = new CellExecution(token, onEvent);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cellOver = over.Token;
        lock (_receiving)
        {
            _executions[token] = execution;
            _current = execution;
            if (commandType == CommandTypes.SubmitCode)
                _last = execution;
        }

        try
        {
            var sent = SendAsync(new CommandEnvelope(token, commandType, command));
            await Task.WhenAny(sent, _death);
            var cancelled = Task.Delay(Timeout.Infinite, cancellationToken);
            var first = await Task.WhenAny(execution.Result, _death, cancelled);
            if (first == cancelled)
            {
                // What a question costs the kernel is its own affair.
                if (commandType == CommandTypes.SubmitCode)
                    await CancelAsync(execution);
                Forget(token);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return execution.Result.IsCompleted ? await execution.Result : throw await _death;
        }
        finally
        {
            // Nobody answers for a cell that has ended.
            await over.CancelAsync();
            _current = null;
            // Nothing comes of a question after its answer.
            if (commandType != CommandTypes.SubmitCode)
            {
                lock (_receiving)
                    _executions.Remove(token);
            }
        }
    }

    // A kernel answers at once, even if the cell's code runs on; one that does not is beyond help.
    private async Task CancelAsync(CellExecution execution)
    {
        var sent = SendAsync(new CommandEnvelope(NextToken(), CommandTypes.Cancel, new("csharp")));
        await Task.WhenAny(Task.WhenAll(sent, execution.Result), _death, Task.Delay(CancellationGrace));
        if (!execution.Result.IsCompleted)
            await KillAsync();
    }

    // Whoever has stopped a cell does not want to read what it has left running has still to say.
    private void Forget(string token)
    {
        lock (_receiving)
        {
            if (_executions.Remove(token, out var stopped) && stopped == _last)
                _last = null;
        }
    }

    private void OnEvent(EventEnvelope envelope)
    {
        if (envelope.EventType == EventTypes.KernelReady)
        {
            _ready.TrySetResult();
            return;
        }

        if (envelope.Event?.StandardErrorMark is { } mark)
            _errors.After(mark, () => Receive(envelope));
        else
            Receive(envelope);
    }

    private void Receive(EventEnvelope envelope)
    {
        lock (_receiving)
            FindExecution(envelope)?.Receive(envelope);
    }

    private void OnStray(string text) => ReceivePast(text, isError: false);

    private void OnErrorText(string text) => ReceivePast(text, isError: true);

    private bool IsToken(string text)
    {
        lock (_receiving)
            return _executions.ContainsKey(text);
    }

    // Also when the cell has ended: what it has started may still run. What that says when it is ended with the kernel is nobody's.
    private void ReceivePast(string text, bool isError)
    {
        lock (_receiving)
        {
            if (!_isQuitting)
                _last?.ReceivePast(text, isError);
        }
    }

    private CellExecution? FindExecution(EventEnvelope envelope)
    {
        // A command within the command 7 is called 7.1.
        if (envelope.Command?.Token?.Split('.')[0] is { } token && _executions.TryGetValue(token, out var execution))
            return execution;
        // A command that the kernel could not read; or a value of an earlier cell, shown anew by one that was stopped.
        return envelope.Command is null || envelope.EventType == EventTypes.DisplayedValueUpdated ? _current : null;
    }

    private void OnCommand(CommandEnvelope command) => _ = AnswerAsync(command, _cellOver);

    private async Task AnswerAsync(CommandEnvelope command, CancellationToken cellOver)
    {
        string? line = null;
        try
        {
            if (command is { CommandType: CommandTypes.RequestInput, Command: { } content } && AskReader is { } ask)
                line = await ask(new(content.Prompt ?? "", content.IsPassword == true), cellOver);
        }
        catch (OperationCanceledException)
        {
        }

        await SendAsync(line is null
            ? new EventEnvelope(new(Message: "No input was given."), EventTypes.CommandFailed, command)
            : new(new(Value: line, IsShown: true), EventTypes.InputProduced, command));
    }

    private Task SendAsync(CommandEnvelope command) => SendAsync(command, ProtocolJson.Relaxed.CommandEnvelope);

    private Task SendAsync(EventEnvelope envelope) => SendAsync(envelope, ProtocolJson.Relaxed.EventEnvelope);

    private async Task SendAsync<T>(T envelope, JsonTypeInfo<T> type)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(envelope, type), (byte)'\n'];
        await _writing.WaitAsync();
        try
        {
            await _input.WriteAsync(line);
            await _input.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The kernel is gone or going, which its death tells better.
        }
        finally
        {
            _writing.Release();
        }
    }

    private string NextToken() => Interlocked.Increment(ref _lastToken).ToString(CultureInfo.InvariantCulture);
}
