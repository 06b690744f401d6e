using AngleSharp.Dom;
using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Content;

/// <summary>Ruled lines to write on, in the place of outputs.</summary>
internal static class NoteLines
{
    private const int Fewest = 3;
    private const int Most = 10;

    /// <summary>As many lines as the output has, within reason.</summary>
    /// <param name="outputs">What is left out.</param>
    /// <param name="wasRun">Whether the cell was run at all: if not, it may have outputs or not.</param>
    /// <param name="labels">The words of the page.</param>
    /// <param name="owner">The document of the lines.</param>
    /// <returns>The lines; null if there is nothing to note.</returns>
    internal static IElement? For(IReadOnlyList<CellOutput> outputs, bool wasRun, HandoutLabels labels, IDocument owner)
    {
        if (wasRun && outputs.Count == 0)
            return null;
        IElement notes = owner.CreateElement("div");
        notes.ClassName = "outputs notes";
        notes.InnerHtml = $"""<p class="label" aria-hidden="true">{labels.Notes}</p>""";
        int lines = Math.Clamp(outputs.Sum(LineCount), Fewest, Most);
        for (int i = 0; i < lines; i++)
        {
            IElement line = owner.CreateElement("div");
            line.ClassName = "line";
            notes.Append(line);
        }

        return notes;
    }

    private static int LineCount(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text.TrimEnd('\n').Count(c => c == '\n') + 1,
        DataOutput data when data.Data["text/html"] is null && data.Data["text/plain"] is { } text => text.Count(c => c == '\n') + 1,
        DataOutput => Most,
        _ => 1,
    };
}
