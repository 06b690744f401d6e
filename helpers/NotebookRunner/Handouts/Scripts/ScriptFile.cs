using NotebookRunner.Documents;

namespace NotebookRunner.Handouts.Scripts;

/// <summary>A script at hand, that stands in for the one which an output would load from elsewhere.</summary>
/// <param name="Name">The file's name: outputs ask for it by an address that ends with it.</param>
/// <param name="Code">What it holds.</param>
internal sealed record ScriptFile(string Name, string Code)
{
    /// <param name="path">The file.</param>
    /// <param name="source">Who names it, for the message.</param>
    /// <exception cref="InvalidInputException">There is no such file, it cannot be read, or it is no script.</exception>
    internal static ScriptFile Load(string path, string source = "--script")
    {
        try
        {
            string code = File.ReadAllText(path);
            // A download that went wrong leaves an empty file, or a page that says so.
            return code.AsSpan().TrimStart() is [] or ['<', ..]
                ? throw new InvalidInputException($"{source}: '{path}' is {(string.IsNullOrWhiteSpace(code) ? "empty" : "a web page, not a script")}.")
                : new ScriptFile(Path.GetFileName(path), code);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>The name of the file that an address leads to.</summary>
    internal static string NameIn(string address) => address.Split('?', '#')[0].Split('/')[^1];

    /// <summary>The script as an element of a page: nothing in its strings ends it early, or keeps its end from being one.</summary>
    internal string ToHtml()
    {
        string code = Code
            .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            .Replace("<!--", "\\x3c!--", StringComparison.Ordinal);
        return $"<script>\n{code}</script>\n";
    }
}
