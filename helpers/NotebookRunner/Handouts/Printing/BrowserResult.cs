namespace NotebookRunner.Handouts.Printing;

/// <summary>What a browser has left.</summary>
/// <param name="Output">What it has written to standard output.</param>
/// <param name="LastError">The last line that it has written to standard error.</param>
/// <param name="ExitCode">The number with which it has ended.</param>
internal sealed record BrowserResult(string Output, string LastError, int ExitCode);
