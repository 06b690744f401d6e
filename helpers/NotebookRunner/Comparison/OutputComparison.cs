using NotebookRunner.Documents;

namespace NotebookRunner.Comparison;

/// <summary>Compares the outputs of a cell with the committed ones: strictly, or as far as the cell's tags want it.</summary>
internal static class OutputComparison
{
    /// <summary>Finds where the outputs first differ.</summary>
    /// <returns>The difference; null if there is none that counts.</returns>
    internal static OutputDifference? Find(IReadOnlyList<CellOutput> committed, IReadOnlyList<CellOutput> actual, Relaxation relaxation)
    {
        IReadOnlyList<OutputLine> expectedLines = OutputLines.Of(committed, relaxation);
        IReadOnlyList<OutputLine> actualLines = OutputLines.Of(actual, relaxation);
        OutputDifference? difference = relaxation.AnyOrder
            ? AnyOrderMatching.Find(expectedLines, actualLines, relaxation.Timing)
            : FindInOrder(expectedLines, actualLines, relaxation.Timing);
        return difference?.Explain(relaxation.Timing);
    }

    private static OutputDifference? FindInOrder(IReadOnlyList<OutputLine> expected, IReadOnlyList<OutputLine> actual, TimingBounds? bounds)
    {
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            OutputLine? left = expected.ElementAtOrDefault(i);
            OutputLine? right = actual.ElementAtOrDefault(i);
            if (left is null || right is null || !AreSame(left, right, bounds))
                return new OutputDifference(left, right);
        }

        return null;
    }

    private static bool AreSame(OutputLine expected, OutputLine actual, TimingBounds? bounds)
    {
        // An output that ends earlier than the other is told by the line that begins the next one.
        if (expected.Output != actual.Output || (expected.Number == 0) != (actual.Number == 0))
            return false;
        return expected.Text == actual.Text || MeasuredText.Parse(expected.Text, bounds).Matches(MeasuredText.Parse(actual.Text, bounds), bounds);
    }
}
