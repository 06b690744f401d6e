using System.Text.RegularExpressions;

namespace Multiprocessing.Tests.Documentation;

/// <summary>A program in a page of the documentation.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Code">The program.</param>
/// <param name="Output">What it prints.</param>
internal sealed partial record Sample(string Page, int Line, string Code, string Output)
{
    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Sample> All { get; } = [.. Documentation.Page.Names.SelectMany(Read)];

    /// <summary>Where it is.</summary>
    public string Place => $"{Page}:{Line}";

    private static IEnumerable<Sample> Read(string page)
    {
        string text = Documentation.Page.Read(page);
        return Block().Matches(text).Select(block => new Sample(
            page, text.AsSpan(0, block.Index).Count('\n') + 1, block.Groups["code"].Value, block.Groups["output"].Value));
    }

    /// <summary>Code, and the output after it, if there is any.</summary>
    [GeneratedRegex("^```csharp\n(?<code>.*?)^```\n(\n```text\n(?<output>.*?)^```\n)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
