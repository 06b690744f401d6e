using System.Text.RegularExpressions;
using NotebookRunner.Documents;
using NotebookRunner.Pictures;

namespace NotebookRunner.Comparison;

/// <summary>The outputs of a cell as lines that can be compared.</summary>
internal static partial class OutputLines
{
    /// <summary>All lines of all outputs, each output with a line that says what it is.</summary>
    internal static IReadOnlyList<OutputLine> Of(IReadOnlyList<CellOutput> outputs, Relaxation relaxation)
    {
        IEnumerable<CellOutput> whole = relaxation.AnyOrder ? JoinStreams(outputs) : JoinNeighbours(outputs);
        OutputLine[] lines = [.. whole.SelectMany(output => Of(output, relaxation))];
        return relaxation.AnyOrder ? LaneNumbers.Recount(lines) : lines;
    }

    /// <summary>Whether a line of a stack trace is in a cell. The frames of .NET and of the helper assembly change with their versions, and mean nothing to a reader.</summary>
    internal static bool IsInCell(string frame) => frame.Contains("Submission#", StringComparison.Ordinal);

    private static IEnumerable<OutputLine> Of(CellOutput output, Relaxation relaxation) => output switch
    {
        StreamOutput stream => Number(stream.Name, stream.Text.Split('\n')).Where(line => !IsPrintedFrame(line.Text) || IsInCell(line.Text)).Select(WithoutPlace),
        DisplayOutput display => Of("display_data", display.Data, relaxation),
        ResultOutput result => Of("execute_result", result.Data, relaxation),
        ErrorOutput error => Number("error", [.. $"{error.Name}: {error.Message}".Split('\n'), .. error.Traceback.Where(IsInCell)]),
        _ => Number("unknown output", output.ToJson().ToJsonString().Split('\n')),
    };

    private static IEnumerable<OutputLine> Of(string kind, MimeBundle data, Relaxation relaxation) =>
        data.OrderBy(content => content.Key, StringComparer.Ordinal).SelectMany(content => Number(
            $"{kind} {content.Key}",
            relaxation.Timing is null ? PicturePlace.Empty(content.Value).Split('\n') : VisibleLines(content.Key, content.Value)));

    // The size of a bar is a measured number, too, and so are the pixels of a picture.
    private static IReadOnlyList<string> VisibleLines(string mimeType, string content) => mimeType switch
    {
        "text/html" or "image/svg+xml" => VisibleText.Lines(PicturePlace.Empty(content)),
        _ when mimeType.StartsWith("image/", StringComparison.Ordinal) => [],
        _ => content.Split('\n'),
    };

    private static bool IsPrintedFrame(string line) => PrintedFrame().IsMatch(line);

    /// <summary>A printed frame without the place in the cell, which .NET Interactive's traces do not have.</summary>
    private static OutputLine WithoutPlace(OutputLine line) => IsPrintedFrame(line.Text) ? line with { Text = PrintedFrame().Replace(line.Text, "$1") } : line;

    private static IEnumerable<OutputLine> Number(string output, IReadOnlyList<string> lines) =>
        lines.Select((line, index) => new OutputLine(output, index + 1, line)).Prepend(OutputLine.Begin(output));

    /// <summary>Text that one stream printed in several pieces is one output, as it looks.</summary>
    private static List<CellOutput> JoinNeighbours(IEnumerable<CellOutput> outputs)
    {
        List<CellOutput> joined = [];
        foreach (CellOutput output in outputs)
        {
            if (output is StreamOutput piece && joined.LastOrDefault() is StreamOutput last && last.Name == piece.Name)
                joined[^1] = last with { Text = last.Text + piece.Text };
            else
                joined.Add(output);
        }

        return joined;
    }

    /// <summary>Where streams alternate, one is in several pieces, and a line may begin in one and end in the next.</summary>
    private static IEnumerable<CellOutput> JoinStreams(IReadOnlyList<CellOutput> outputs) =>
    [
        .. outputs.OfType<StreamOutput>()
            .GroupBy(stream => stream.Name)
            .Select(pieces => new StreamOutput(pieces.Key, string.Concat(pieces.Select(piece => piece.Text)))),
        .. outputs.Where(output => output is not StreamOutput),
    ];

    // As Exception.ToString and the runtime itself write it.
    [GeneratedRegex(@"^(\s+at \S.*\))(?: in .+:line \d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PrintedFrame();
}
