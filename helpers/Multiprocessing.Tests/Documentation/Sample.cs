using System.Text.RegularExpressions;

namespace Multiprocessing.Tests.Documentation;

/// <summary>A program in a page of the documentation.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Code">The program.</param>
/// <param name="Output">What it prints.</param>
internal sealed partial record Sample(string Page, int Line, string Code, string Output)
{
    /// <summary>The folder of the repository, in which the tests are run.</summary>
    private static string Root { get; } = Ancestors(new DirectoryInfo(AppContext.BaseDirectory)).First(static folder => File.Exists(Path.Combine(folder, "global.json")));

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<Sample> All { get; } = [.. Pages().SelectMany(Read)];

    /// <summary>Where it is.</summary>
    public string Place => $"{Page}:{Line}";

    private static IEnumerable<string> Ancestors(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static IEnumerable<string> Pages() =>
        ["README.md", .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(static file => $"docs/{Path.GetFileName(file)}"), "helpers/Multiprocessing/Package/README.md"];

    private static IEnumerable<Sample> Read(string page)
    {
        string text = File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");
        return Block().Matches(text).Select(block => new Sample(
            page, text.AsSpan(0, block.Index).Count('\n') + 1, block.Groups["code"].Value, block.Groups["output"].Value));
    }

    /// <summary>Code, and the output after it, if there is any.</summary>
    [GeneratedRegex("^```csharp\n(?<code>.*?)^```\n(\n```text\n(?<output>.*?)^```\n)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
