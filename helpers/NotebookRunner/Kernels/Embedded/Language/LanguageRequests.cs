using System.Collections.Concurrent;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>Answers what an editor asks while its user writes, on a thread of its own: a cell that runs does not make it wait.</summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class LanguageRequests
#pragma warning restore CA1001
{
    private readonly BlockingCollection<CommandEnvelope> _waiting = [];
    private readonly CSharpSession _session;
    private readonly EventWriter _events;

    /// <summary>Answers in the light of what the session's cells have declared.</summary>
    public LanguageRequests(CSharpSession session, EventWriter events)
    {
        _session = session;
        _events = events;
        new Thread(AnswerAll) { IsBackground = true, Name = "language requests", Priority = ThreadPriority.BelowNormal }.UnsafeStart();
    }

    /// <summary>Answers a request when those before it have been answered.</summary>
    public void Enqueue(CommandEnvelope request) => _waiting.Add(request);

    private void AnswerAll()
    {
        foreach (var request in _waiting.GetConsumingEnumerable())
        {
            var command = new ReceivedCommand(request, _events);
            try
            {
                Answer(request, command);
                command.Succeed();
            }
#pragma warning disable CA1031 // The compiler may stumble over half a cell; the next request is another one.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                command.Fail($"{request.CommandType}: {exception.Message}");
            }
        }
    }

    private void Answer(CommandEnvelope request, ReceivedCommand command)
    {
        var draft = CellDraft.Read(request.Command?.Code ?? "", _session);
        int offset = draft.Offset(request.Command?.LinePosition);
        switch (request.CommandType)
        {
            case CommandTypes.RequestDiagnostics:
                command.Post(EventTypes.DiagnosticsProduced, new(Diagnostics: CellDiagnostics.Of(draft), FormattedDiagnostics: []));
                break;
            case CommandTypes.RequestCompletions:
                command.Post(EventTypes.CompletionsProduced, new(Completions: Completions.At(draft, offset)));
                break;
            case CommandTypes.RequestHoverText when draft.WordAt(offset) is var word && HoverText.Of(draft, word) is { } text:
                command.Post(EventTypes.HoverTextProduced, new(Content: [new(HoverText.MimeType, text)], LinePositionSpan: draft.Span(word.Span)));
                break;
        }
    }
}
