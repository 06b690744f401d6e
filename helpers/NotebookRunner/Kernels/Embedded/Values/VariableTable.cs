using System.Net;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Kernels.Embedded.Submissions;

namespace NotebookRunner.Kernels.Embedded.Values;

/// <summary>What <c>#!who</c> and <c>#!whos</c> show.</summary>
internal static class VariableTable
{
    private static readonly string[] Headers = ["Variable", "Type", "Value"];

    /// <summary>The names alone.</summary>
    public static IReadOnlyList<FormattedValue> Names(IReadOnlyList<CellVariable> variables)
    {
        string names = string.Join("\t ", variables.Select(variable => variable.Name));
        return [new(HtmlFormatter.MimeType, $"<div>{Encode(names)}</div>"), new(PlainTextFormatter.MimeType, names)];
    }

    /// <summary>A table with types and values.</summary>
    public static IReadOnlyList<FormattedValue> Describe(IReadOnlyList<CellVariable> variables)
    {
        string[][] rows =
        [
            .. variables.Select(variable => (string[])
                [variable.Name, CSharpTypeName.Of(variable.Type), ValueText.Of(variable.Value, ValueRequests.SummaryLength)]),
        ];
        return [new(HtmlFormatter.MimeType, ToHtml(rows)), new(PlainTextFormatter.MimeType, ToText([Headers, .. rows]))];
    }

    /// <summary>A text as HTML that keeps its spaces.</summary>
    public static string Preformatted(string text) => $"<div class=\"dni-plaintext\"><pre>{Encode(text)}</pre></div>";

    private static string ToHtml(string[][] rows)
    {
        string header = string.Concat(Headers.Select(name => $"<th>{name}</th>"));
        string body = string.Concat(rows.Select(row => $"<tr><td>{Encode(row[0])}</td><td>{Encode(row[1])}</td><td>{Preformatted(row[2])}</td></tr>"));
        return $"<table><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>";
    }

    private static string ToText(string[][] lines)
    {
        int[] widths = [.. Enumerable.Range(0, Headers.Length - 1).Select(column => lines.Max(line => line[column].Length))];
        return string.Join('\n', lines.Select(line => $"{line[0].PadRight(widths[0])}  {line[1].PadRight(widths[1])}  {line[2]}"));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
