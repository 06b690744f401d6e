namespace NotebookRunner.Commands;

/// <summary>How an error looks on standard error: one line that begins with "error:".</summary>
internal static class ErrorLine
{
    internal static Task WriteAsync(string message) => Console.Error.WriteLineAsync($"error: {message}");
}
