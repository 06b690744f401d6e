using System.Text.Json.Serialization;

namespace NotebookRunner.Chapters;

/// <summary>A cell of the source that the chapter mirrors. The source's own labels begin again within the chapter, so it is its number that tells which.</summary>
/// <param name="Number">Its place among the source's cells in the chapter, from 1.</param>
[JsonConverter(typeof(SourceCellConverter))]
internal readonly record struct SourceCell(int Number)
{
    /// <summary>The metadata key of the cell that stands in its place.</summary>
    internal const string MetadataKey = "source_cell";

    public override string ToString() => $"source cell {Number}";
}
