using System.Text.RegularExpressions;
using NotebookRunner.Documents;
using NotebookRunner.Kernels;

namespace NotebookRunner.Comparison;

/// <summary>
/// Makes outputs comparable that an editor has saved. An editor knows outputs by what it shows: that a value was returned rather than displayed may be lost,
/// and of an error there may be nothing but a text.
/// </summary>
internal static partial class SavedOutputs
{
    /// <summary>Both sides without what an editor may lose or add.</summary>
    internal static (IReadOnlyList<CellOutput> Stored, IReadOnlyList<CellOutput> Saved) Comparable(
        IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> saved)
    {
        CellOutput[] left = [.. stored.Select(Comparable)];
        CellOutput[] right = [.. saved.Select(Comparable)];
        // Not every editor saves a stack trace.
        return left.Concat(right).OfType<ErrorOutput>().Any(error => error.Traceback.Count == 0) ? (WithoutTraces(left), WithoutTraces(right)) : (left, right);
    }

    private static CellOutput Comparable(CellOutput output) => output switch
    {
        ResultOutput result => new DisplayOutput(result.Data),
        ErrorOutput error => Comparable(error),
        _ => output,
    };

    private static ErrorOutput Comparable(ErrorOutput error)
    {
        string message = Plain(error.Message);
        bool hasType = error.Name is not ("" or "Error") && !message.StartsWith(error.Name, StringComparison.Ordinal);
        ErrorRaised raised = FailureMessage.Parse(hasType ? $"{error.Name}: {message}" : message);
        IEnumerable<string> lines = error.Traceback.Append(raised.StackTrace ?? "").SelectMany(entry => Plain(entry).Split('\n'));
        // The same line is there twice where the whole text of an exception is message and trace at once.
        return new ErrorOutput(raised.ExceptionType ?? "Error", raised.Message, [.. lines.Where(OutputLines.IsInCell).Select(line => line.Trim()).Distinct()]);
    }

    private static CellOutput[] WithoutTraces(CellOutput[] outputs) =>
        [.. outputs.Select(output => output is ErrorOutput error ? error with { Traceback = [] } : output)];

    // A trace may be coloured, and its lines may have become links to the cells.
    private static string Plain(string text) =>
        ColourOrLink().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "");

    [GeneratedRegex(@"\u001b\[[0-9;]*m|</?a(\s[^<>]*)?>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ColourOrLink();
}
