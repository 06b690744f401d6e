using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>Compares the outputs of cells in which threads or processes print side by side.</summary>
internal static class OutputOrder
{
    /// <summary>The tag of a cell whose lines may come in any order.</summary>
    internal const string AnyOrderTag = "any-order";

    /// <summary>Whether both have the same lines, each as often, on the same streams, and the same other outputs.</summary>
    internal static bool SameLines(IEnumerable<CellOutput> left, IEnumerable<CellOutput> right) =>
        Lines(left).Order(StringComparer.Ordinal).SequenceEqual(Lines(right).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(IEnumerable<CellOutput> outputs)
    {
        // Where stdout and stderr alternate, one stream is in several pieces, and a line may begin in one and end in the next.
        CellOutput[] all = [.. outputs];
        foreach (var stream in all.OfType<StreamOutput>().GroupBy(output => output.Name))
        {
            foreach (string line in string.Concat(stream.Select(output => output.Text)).Split('\n'))
                yield return $"{stream.Key}: {line}";
        }

        foreach (CellOutput output in all.Where(output => output is not StreamOutput))
            yield return output.ToJson().ToJsonString();
    }
}
