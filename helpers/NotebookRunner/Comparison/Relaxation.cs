using NotebookRunner.Documents;

namespace NotebookRunner.Comparison;

/// <summary>What a cell's outputs may differ in from run to run. Nothing, unless its tags say so.</summary>
/// <param name="AnyOrder">Whether lines may come in any order.</param>
/// <param name="Timing">Within which bounds measured numbers may differ; null if they may not.</param>
internal sealed record Relaxation(bool AnyOrder, TimingBounds? Timing)
{
    /// <summary>The tag of a cell in which threads or processes print side by side.</summary>
    internal const string AnyOrderTag = "any-order";

    /// <summary>The tag of a cell that shows measured numbers.</summary>
    internal const string TimingTag = "timing";

    internal static readonly Relaxation None = new(AnyOrder: false, Timing: null);

    /// <summary>Whether anything may differ.</summary>
    internal bool IsStrict => this == None;

    /// <summary>What the tags of a cell, and the bounds in its metadata, allow.</summary>
    internal static Relaxation Of(NotebookCell cell) => new(
        AnyOrder: cell.Tags.Contains(AnyOrderTag),
        Timing: cell.Tags.Contains(TimingTag) ? TimingMetadata.Read(cell) : null);
}
