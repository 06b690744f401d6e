using NotebookRunner.Documents;

namespace NotebookRunner.Tests.Comparison;

/// <summary>Makes outputs to compare.</summary>
internal static class Outputs
{
    internal static StreamOutput Printed(params string[] lines) => new(StreamOutput.StandardOutput, string.Concat(lines.Select(line => line + "\n")));

    internal static StreamOutput Warned(params string[] lines) => new(StreamOutput.StandardError, string.Concat(lines.Select(line => line + "\n")));

    internal static DisplayOutput Shown(string content, string mimeType = "text/html") => new(new MimeBundle([KeyValuePair.Create(mimeType, content)]));

    internal static ResultOutput Returned(string content, int? executionCount = 1) =>
        new(new MimeBundle([KeyValuePair.Create("text/html", content)]), executionCount);
}
