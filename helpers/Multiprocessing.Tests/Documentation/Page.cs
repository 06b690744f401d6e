namespace Multiprocessing.Tests.Documentation;

/// <summary>The pages of the documentation, by their paths from the root of the repository.</summary>
internal static class Page
{
    /// <summary>The folder of the repository, in which the tests are run.</summary>
    private static string Root { get; } = Ancestors(new DirectoryInfo(AppContext.BaseDirectory)).First(static folder => File.Exists(Path.Combine(folder, "global.json")));

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "README.md", "README.ko.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(static file => $"docs/{Path.GetFileName(file)}"),
        "helpers/Multiprocessing/Package/README.md",
    ];

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Ancestors(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
