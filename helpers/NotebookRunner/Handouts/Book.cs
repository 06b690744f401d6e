using NotebookRunner.Chapters;
using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Content;

namespace NotebookRunner.Handouts;

/// <summary>
/// Notebooks that belong together: they get pages that lead to each other, one page with all of them, and one that lists them. What they are called
/// and how they follow each other is said by the chapter's manifest; without one, by the first notebook and by their names.
/// </summary>
internal sealed record Book
{
    private readonly ChapterManifest? _chapter;
    private readonly string _folder;

    private Book(string? title, ChapterManifest? chapter, string folder)
    {
        _chapter = chapter;
        _folder = folder;
        Title = title ?? chapter?.Title ?? "";
    }

    /// <summary>What they are about.</summary>
    internal string Title { get; private init; }

    /// <summary>The name of the file that holds all of them.</summary>
    internal string WholePage { get; private init; } = "";

    /// <summary>The name of the file that lists them.</summary>
    internal string IndexPage { get; private init; } = "";

    /// <param name="files">The notebooks.</param>
    /// <param name="title">Another title; null for their own.</param>
    internal static Book Of(IReadOnlyList<NotebookFile> files, string? title)
    {
        string folder = Path.GetDirectoryName(files[0].FullPath)!;
        bool areTogether = files.All(file => string.Equals(Path.GetDirectoryName(file.FullPath), folder, FileNames.Comparison));
        return new Book(title, areTogether ? ChapterManifest.Find(folder) : null, Path.GetFileName(folder));
    }

    /// <summary>What to order the notebooks by. Those that the manifest does not know come last.</summary>
    internal int PlaceOf(NotebookFile file) =>
        _chapter?.Notebooks.TakeWhile(notebook => notebook.File != Path.GetFileName(file.FullPath)).Count() ?? 0;

    /// <summary>Gives names to what has none yet.</summary>
    internal (Book Book, NotebookContent[] Notebooks) Name(NotebookContent[] notebooks)
    {
        NotebookContent[] named =
        [
            .. notebooks.Select(content => _chapter?.Notebooks.FirstOrDefault(notebook => notebook.File == content.FileName) is { } entry
                ? content with { ListTitle = entry.Title, Entry = entry }
                : content),
        ];
        string whole = _chapter is not null ? "chapter" + ChapterNumber() : _folder.Length > 0 ? _folder : "all";
        return (this with { Title = Title.Length > 0 ? Title : notebooks[0].Title, WholePage = FreeName(whole), IndexPage = FreeName("index") }, named);

        string FreeName(string wanted)
        {
            while (notebooks.Any(content => content.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)))
                wanted += "-all";
            return wanted + ".html";
        }
    }

    // "30. Multi-threading" is chapter-30.
    private string ChapterNumber()
    {
        string number = string.Concat(_chapter!.Title.TakeWhile(char.IsAsciiDigit));
        return number.Length > 0 ? "-" + number : "";
    }
}
