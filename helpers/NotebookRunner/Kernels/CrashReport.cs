namespace NotebookRunner.Kernels;

/// <summary>What the runtime writes to stderr when it crashes: a line that says why, and stack traces, which can be longer than all that is worth keeping.</summary>
internal static class CrashReport
{
    private static readonly string[] Beginnings = ["Unhandled exception", "Stack overflow", "Process terminated", "Fatal error", "Out of memory"];

    /// <summary>Whether <paramref name="line"/> is the first of one.</summary>
    public static bool BeginsWith(string line) => Beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Whether it may be, when the rest of it has come.</summary>
    public static bool MayBeginWith(string line) =>
        line.Length > 0 && Beginnings.Any(beginning => beginning.AsSpan().StartsWith(line, StringComparison.Ordinal) || line.StartsWith(beginning, StringComparison.Ordinal));
}
