using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Input;

/// <summary>
/// Asks the reader on behalf of cells, one question at a time, if the client has said that it can ask. A question lives no longer than its cell.
/// </summary>
internal sealed class InputRequests(EventWriter events)
{
    /// <summary>What stands in the output for a password: its length is nobody's business, either.</summary>
    private const string Hidden = "········";

    private const string NobodyToAsk =
        "There is nobody here to ask for input. Put the value into the cell, or run it in an editor that asks, such as VS Code with the extension C# Notebooks.";

    private readonly Lock _gate = new();
    private readonly List<PendingInput> _pending = [];
    private volatile KernelInfoContent? _client;

    /// <summary>Whether there is anybody to ask.</summary>
    public bool CanAsk => _client is not null;

    /// <summary>Takes note of what the client tells: that it can ask, or what the answer is.</summary>
    public void Receive(EventEnvelope envelope)
    {
        switch (envelope.EventType)
        {
            case EventTypes.KernelInfoProduced:
                Receive(envelope.Event?.KernelInfo);
                break;
            case EventTypes.KernelReady:
                foreach (var info in envelope.Event?.KernelInfos ?? [])
                    Receive(info);
                break;
            case EventTypes.InputProduced:
                Answer(envelope.Command, envelope.Event?.Value, envelope.Event?.IsShown == true);
                break;
            case EventTypes.CommandFailed:
                Answer(envelope.Command, null, isShown: false);
                break;
        }
    }

    /// <summary>Reads a line for a cell. As at a terminal, what was written is seen in the output after the question, unless the client shows it.</summary>
    /// <returns>Null if the reader writes nothing, or the cell is over.</returns>
    /// <exception cref="InvalidOperationException">There is nobody to ask.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public string? ReadLine(RunningCell cell)
    {
        if (Ask(cell) is { Value: { } line } input)
        {
            if (!input.IsShown)
                cell.TryWrite(EventTypes.StandardOutputValueProduced, line + "\n");
            return line;
        }

        // A thread that a cell has made must not die of it: with it, the process would.
        bool canThrow = cell.Thread == Thread.CurrentThread || Thread.CurrentThread.IsThreadPoolThread;
        if (canThrow)
            cell.CancellationToken.ThrowIfCancellationRequested();
        if (CanAsk)
            return null;
        if (canThrow)
            throw new InvalidOperationException(NobodyToAsk);
        cell.TryWrite(EventTypes.StandardErrorValueProduced, NobodyToAsk + "\n");
        return null;
    }

    /// <summary>Asks a cell's question.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="typeHint">What kind of answer is wanted, for instance <c>text</c> or <c>password</c>.</param>
    /// <exception cref="InvalidOperationException">There is nobody to ask, or the reader has written nothing.</exception>
    /// <exception cref="OperationCanceledException">The cell was cancelled.</exception>
    public async Task<string> GetAsync(RunningCell cell, string prompt, string typeHint)
    {
        if (!CanAsk)
            throw new InvalidOperationException(NobodyToAsk);
        var input = await AskAsync(cell, prompt, typeHint);
        cell.CancellationToken.ThrowIfCancellationRequested();
        if (input?.Value is not { } answer)
            throw new InvalidOperationException("Input request cancelled");
        if (input.IsShown)
            return answer;
        string gap = prompt.Length == 0 || char.IsWhiteSpace(prompt[^1]) ? "" : " ";
        cell.TryWrite(EventTypes.StandardOutputValueProduced, prompt + gap + (IsPassword(typeHint) ? Hidden : answer) + "\n");
        return answer;
    }

    private static bool IsPassword(string typeHint) => typeHint == "password";

    private void Receive(KernelInfoContent? info)
    {
        if (info?.SupportedKernelCommands?.Any(command => command.Name == CommandTypes.RequestInput) == true)
            _client = info;
        else if (info is not null && info.LocalName == _client?.LocalName)
            _client = null;
    }

    private void Answer(CommandEnvelope? command, string? value, bool isShown)
    {
        lock (_gate)
        {
            if (_pending is [var asked, ..] && asked.IsMeantBy(command))
                asked.Answer(value, isShown);
        }
    }

    // Without a thread of the pool: the cell may have taken them all.
    private PendingInput? Ask(RunningCell cell)
    {
        if (TryBegin(cell, prompt: null, "text") is not { } input)
            return null;
        try
        {
            using (WatchCancellation(cell, input))
                Task.WaitAny(input.Answered, cell.Ended);
            return input;
        }
        finally
        {
            End(input);
        }
    }

    private async Task<PendingInput?> AskAsync(RunningCell cell, string prompt, string typeHint)
    {
        if (TryBegin(cell, prompt, typeHint) is not { } input)
            return null;
        try
        {
            using (WatchCancellation(cell, input))
                await Task.WhenAny(input.Answered, cell.Ended);
            return input;
        }
        finally
        {
            End(input);
        }
    }

    private static CancellationTokenRegistration WatchCancellation(RunningCell cell, PendingInput input) =>
        cell.CancellationToken.UnsafeRegister(static asked => ((PendingInput)asked!).Answer(null), input);

    private PendingInput? TryBegin(RunningCell cell, string? prompt, string typeHint)
    {
        // Nobody is asked for a cell that is over.
        if (_client is not { } client || cell.Ended.IsCompleted || cell.CancellationToken.IsCancellationRequested)
            return null;
        var input = new PendingInput(Request(cell, client, prompt ?? cell.Prompt, typeHint));
        lock (_gate)
        {
            _pending.Add(input);
            if (_pending.Count == 1)
                events.PostCommand(input.Request);
        }

        return input;
    }

    private void End(PendingInput input)
    {
        lock (_gate)
        {
            bool wasAsked = _pending[0] == input;
            _pending.Remove(input);
            if (wasAsked && _pending is [var next, ..])
                events.PostCommand(next.Request);
        }
    }

    // The client takes the request for a part of the cell, and checks its token and its route accordingly.
    private static CommandEnvelope Request(RunningCell cell, KernelInfoContent client, string prompt, string typeHint)
    {
        string origin = $"{KernelInfos.Whole.Uri}/{client.LocalName}";
        var content = new CommandContent(
            client.LocalName,
            OriginUri: origin,
            DestinationUri: client.Uri,
            Prompt: prompt,
            IsPassword: IsPassword(typeHint),
            InputTypeHint: typeHint,
            Type: typeHint);
        return new(cell.NextChildToken(), CommandTypes.RequestInput, content, [$"{KernelInfos.Whole.Uri}/?tag=arrived", $"{origin}?tag=arrived"]);
    }
}
