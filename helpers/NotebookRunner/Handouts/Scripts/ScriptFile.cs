using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Scripts;

/// <summary>A script at hand, that stands in for the one which an output would load from elsewhere.</summary>
/// <param name="Name">The file's name: outputs ask for it by an address that ends with it.</param>
/// <param name="Code">What it holds.</param>
internal sealed record ScriptFile(string Name, string Code)
{
    /// <exception cref="InvalidInputException">There is no such file, or it cannot be read.</exception>
    internal static ScriptFile Load(string path)
    {
        try
        {
            return new ScriptFile(Path.GetFileName(path), File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"--script: {exception.Message}", exception);
        }
    }

    /// <summary>The script as an element of a page.</summary>
    internal string ToHtml() => $"<script>\n{Code.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>\n";
}
