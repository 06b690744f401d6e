using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Pictures;

namespace NotebookRunner.Comparison;

/// <summary>The outputs that a notebook had before it was run again.</summary>
internal static class StoredOutputs
{
    /// <summary>Puts them back where the new ones say the same, so that a run without changes is no change of the file.</summary>
    /// <param name="document">The notebook that was run, its outputs normalised.</param>
    /// <param name="before">The same notebook as it was stored.</param>
    internal static void Keep(NotebookDocument document, NotebookDocument before)
    {
        foreach (var (cell, stored) in document.RunnableCells.Zip(before.RunnableCells))
        {
            // A machine that cannot restore a package does not take away what another one has shown with it.
            bool isLost = OptionalPackages.WasSkipped(cell.Outputs) && stored.Outputs.Count > 0;
            if (isLost || (SayTheSame(stored.Outputs, cell.Outputs, Relaxation.Of(cell)) && !HavePicture(cell.Outputs, except: stored.Outputs)))
                cell.Outputs = [.. stored.Outputs.Select(output => WithCount(output, cell.ExecutionCount))];
        }
    }

    private static bool SayTheSame(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> actual, Relaxation relaxation) =>
        (!relaxation.IsStrict || stored.Any(PicturePlace.HasPicture))
        && OutputComparison.Find(stored, actual, relaxation) is null
        // A chart that is drawn in another way now is a new one, though it says the same.
        && Markup(stored).SequenceEqual(Markup(actual));

    // A chart of the same figures that was drawn only now.
    private static bool HavePicture(IReadOnlyList<CellOutput> outputs, IReadOnlyList<CellOutput> except) =>
        outputs.Any(PicturePlace.HasPicture) && !except.Any(PicturePlace.HasPicture);

    private static IOrderedEnumerable<string> Markup(IReadOnlyList<CellOutput> outputs) => outputs.OfType<DataOutput>()
        .SelectMany(output => output.Data)
        .Where(content => content.Key is "text/html" or "image/svg+xml")
        .SelectMany(content => MeasuredText.WithoutNumbers(PicturePlace.Empty(content.Value)).Split('\n'))
        .Order(StringComparer.Ordinal);

    private static CellOutput WithCount(CellOutput output, int? executionCount) =>
        output is ResultOutput result ? result with { ExecutionCount = executionCount } : output;
}
