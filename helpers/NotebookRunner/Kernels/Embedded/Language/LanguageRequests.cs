using NotebookRunner.Kernels.Embedded.Language.Signatures;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Language;

/// <summary>Answers what an editor asks while its user writes, in the light of what the session's cells have declared.</summary>
internal sealed class LanguageRequests(CSharpSession session)
{
    /// <summary>Answers a request.</summary>
    public void Answer(CommandEnvelope request, ReceivedCommand command)
    {
        var cell = CellDraft.Read(request.Command?.Code ?? "", session);
        var draft = cell.At(request.Command?.LinePosition);
        int offset = draft.Offset(request.Command?.LinePosition);
        switch (request.CommandType)
        {
            case CommandTypes.RequestDiagnostics:
                command.Post(EventTypes.DiagnosticsProduced, new(Diagnostics: CellDiagnostics.Of(cell), FormattedDiagnostics: []));
                break;
            case CommandTypes.RequestCompletions:
                command.Post(EventTypes.CompletionsProduced, new(Completions: Completions.At(draft, offset)));
                break;
            case CommandTypes.RequestSignatureHelp when SignatureHelp.At(draft, offset) is { } help:
                command.Post(EventTypes.SignatureHelpProduced, help);
                break;
            case CommandTypes.RequestHoverText when draft.WordAt(offset) is var word && HoverText.Of(draft, word) is { } text:
                command.Post(EventTypes.HoverTextProduced, new(Content: [new(HoverText.MimeType, text)], LinePositionSpan: draft.Span(word.Span)));
                break;
        }
    }
}
