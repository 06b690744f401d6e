using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded.Submissions;
using NotebookRunner.Kernels.Protocol;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>Answers what an editor asks about the notebook's variables.</summary>
internal sealed class ValueRequests(CSharpSession session)
{
    /// <summary>How long a value in a list may be.</summary>
    public const int SummaryLength = 200;

    private const string SummaryType = "text/plain+summary", JsonType = "application/json";
    private const int TextLength = 100_000;

    /// <summary>Answers a request.</summary>
    public void Answer(CommandEnvelope request, ReceivedCommand command)
    {
        if (request.CommandType == CommandTypes.RequestValueInfos)
        {
            command.Post(EventTypes.ValueInfosProduced, new(ValueInfos: [.. session.Variables.Select(Describe)]));
            return;
        }

        string name = request.Command?.Name ?? "";
        var variable = session.Variables.FirstOrDefault(known => known.Name == name)
            ?? throw new RequestFailedException($"Value '{name}' not found in kernel {KernelInfos.CSharp.LocalName}");
        command.Post(EventTypes.ValueProduced, new(Name: name, FormattedValue: Format(variable, request.Command!.MimeType ?? JsonType)));
    }

    private static ValueInfoContent Describe(CellVariable variable) => new(
        variable.Name,
        CSharpTypeName.Of(variable.Type),
        new(SummaryType, ValueText.Of(variable.Value, SummaryLength)),
        [],
        KnownCollections.TryCount(variable.Value));

    private static MimeContent Format(CellVariable variable, string mimeType) => new(mimeType, mimeType switch
    {
        SummaryType => ValueText.Of(variable.Value, SummaryLength),
        PlainTextFormatter.MimeType => ValueText.Of(variable.Value, TextLength),
        HtmlFormatter.MimeType => VariableTable.Preformatted(ValueText.Of(variable.Value, TextLength)),
        JsonType => ValueJson.TryWrite(variable.Value) ?? throw new RequestFailedException($"'{variable.Name}' is no text, number, or collection of such: it cannot be had as {JsonType}."),
        _ => throw new RequestFailedException($"Values can be had as {SummaryType}, {PlainTextFormatter.MimeType}, {HtmlFormatter.MimeType} and {JsonType}, not as '{mimeType}'."),
    });
}
