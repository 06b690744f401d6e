namespace NotebookRunner.Chapters;

/// <summary>A cell of the source that the chapter mirrors.</summary>
/// <param name="Number">Its place in the chapter, from 1.</param>
/// <param name="Label">What the source calls it, which need not be unique: <c>In [15]</c>.</param>
internal sealed record SourceCell(int Number, string Label)
{
    /// <summary>The metadata key of the cell that stands in its place.</summary>
    internal const string MetadataKey = "source_cell";

    public override string ToString() => $"source cell {Number}, {Label},";
}
