namespace NotebookRunner.Kernels.Embedded;

/// <summary>
/// What cells put out is stored in their notebook, which is to be the same wherever it was run: on Windows, where .NET and most programs end lines with two characters, they become one here.
/// </summary>
internal static class LineEnds
{
    /// <summary>The text as it would be on other systems.</summary>
    public static string Unify(string text) => Unify(text, OperatingSystem.IsWindows());

    /// <inheritdoc cref="Unify(string)"/>
    internal static string Unify(string text, bool isWindows) => isWindows ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
}
