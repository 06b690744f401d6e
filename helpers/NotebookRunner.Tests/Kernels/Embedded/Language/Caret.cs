using System.Text.Json;

namespace NotebookRunner.Tests.Kernels.Embedded.Language;

/// <summary>A cell in which a bar shows where the caret stands.</summary>
internal static class Caret
{
    /// <summary>The command's content for a request about that place.</summary>
    public static string ToCommand(string cell)
    {
        string before = cell[..cell.IndexOf('|', StringComparison.Ordinal)];
        int line = before.Count(c => c == '\n');
        int character = before.Length - (before.LastIndexOf('\n') + 1);
        string code = JsonSerializer.Serialize(cell.Remove(before.Length, 1));
        return $$$"""{"code":{{{code}}},"linePosition":{"line":{{{line}}},"character":{{{character}}}},"targetKernelName":"csharp"}""";
    }
}
