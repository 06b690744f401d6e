using System.Text.RegularExpressions;

namespace NotebookRunner.Kernels;

/// <summary>Takes apart what a kernel says of a failed cell: the text of an exception, or a list of compile errors.</summary>
internal static partial class FailureMessage
{
    /// <summary>Separates type, message and stack trace, if there are such.</summary>
    public static ErrorRaised Parse(string message)
    {
        message = message.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd();
        if (Diagnostic().IsMatch(message) || ExceptionHeader().Match(message) is not { Success: true } header)
            return new(message, null, null);

        string text = message[header.Length..];
        int end = new[] { text.IndexOf("\n   at ", StringComparison.Ordinal), text.IndexOf("\n ---> ", StringComparison.Ordinal) }
            .Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        string trace = WithoutKernelFrames(text[end..].TrimStart('\n'));
        return new(text[..end], header.Groups["type"].Value, trace.Length == 0 ? null : trace);
    }

    // The reader's own frames end where the scripting engine's begin.
    private static string WithoutKernelFrames(string trace)
    {
        List<string> lines = [.. trace.Split('\n')];
        int kernel = lines.FindIndex(line => line.StartsWith("   at Microsoft.CodeAnalysis.Scripting.", StringComparison.Ordinal));
        if (kernel < 0)
            return trace;
        lines.RemoveRange(kernel, lines.Count - kernel);
        while (lines.Count > 0 && lines[^1].StartsWith("--- End of ", StringComparison.Ordinal))
            lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines);
    }

    // An exception's ToString begins with its type's full name: Submission#3+MyException: message
    [GeneratedRegex(@"\A(?<type>[\w.+#`]*[\w`](\[[^\n]*?\])?)(: |(?=\n   at )|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex ExceptionHeader();

    [GeneratedRegex(@"\A[^\n]*\(\d+,\d+\): \w+ \w+\d+: ", RegexOptions.ExplicitCapture)]
    private static partial Regex Diagnostic();
}
