using System.Collections;
using System.Text.RegularExpressions;
using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Kernels.Sessions;

/// <summary>Outputs of a cell in the short form in which tests expect them: a text each, such as <c>display text/plain 50 %</c>.</summary>
internal sealed partial class OutputLines(Func<IReadOnlyList<CellOutput>> outputs) : IEnumerable<string>
{
    public IEnumerator<string> GetEnumerator() => outputs().Select(Describe).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Describe(CellOutput output) => output switch
    {
        StreamOutput stream => $"{stream.Name} {stream.Text.Replace("\r\n", "\n", StringComparison.Ordinal)}",
        DisplayOutput display => $"display {Describe(display.Data)}",
        ResultOutput result => $"result {Describe(result.Data)}",
        ErrorOutput error => $"error {error.Name} {error.Message}",
        _ => throw new NotSupportedException(output.ToString()),
    };

    private static string Describe(MimeBundle data) =>
        string.Join(" | ", data.Select(content => $"{content.Key} {Style().Replace(content.Value, "<style/>")}"));

    // The kernel's own, always the same.
    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
