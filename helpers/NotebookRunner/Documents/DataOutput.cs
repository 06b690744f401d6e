using System.Text.Json.Nodes;

namespace NotebookRunner.Documents;

/// <summary>A value that the cell showed, in one form or several.</summary>
internal abstract record DataOutput(MimeBundle Data) : CellOutput
{
    /// <summary>The author's wishes for how the value is shown, by MIME type; null if there are none.</summary>
    internal JsonObject? Metadata { get; init; }
}
