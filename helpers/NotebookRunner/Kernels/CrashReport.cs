namespace NotebookRunner.Kernels;

/// <summary>What the runtime writes to stderr when it crashes: a line that says why, and stack traces, which can be longer than all that is worth keeping.</summary>
internal static class CrashReport
{
    private const string FailFast = "Process terminated.";

    // On Unix it is lost, and the stack trace with it, if it takes more than two bytes of UTF-8 a character.
    private const string MessageIsLost = "(.NET has lost the message of Environment.FailFast, as it does with one that is mostly Korean: write it to Console.Error first.)";

    private static readonly string[] Beginnings = ["Unhandled exception", "Stack overflow", "Process terminated", "Fatal error", "Out of memory"];

    /// <summary>Whether <paramref name="line"/> is the first of one.</summary>
    public static bool BeginsWith(string line) => Beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>One line: the first one of a report, with the message of a FailFast, which is the second one; or of whatever else a process said last.</summary>
    public static string Summarize(IReadOnlyList<string> report)
    {
        string first = report[0].Trim();
        if (first != FailFast)
            return first;
        return report.Count == 1 ? $"{first} {MessageIsLost}"
            : report[1].StartsWith("   at ", StringComparison.Ordinal) ? first
            : $"{first} {report[1].Trim()}";
    }

    /// <summary>Whether it may be, when the rest of it has come.</summary>
    public static bool MayBeginWith(string line) =>
        line.Length > 0 && Beginnings.Any(beginning => beginning.AsSpan().StartsWith(line, StringComparison.Ordinal) || line.StartsWith(beginning, StringComparison.Ordinal));
}
