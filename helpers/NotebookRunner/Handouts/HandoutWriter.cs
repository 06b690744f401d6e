using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Pages;

namespace NotebookRunner.Handouts;

/// <summary>Writes handouts to disk: a page for each notebook; for several, also the page with all of them and the page that lists them.</summary>
internal sealed class HandoutWriter
{
    private readonly string _folder;
    private readonly HandoutOptions _options;
    private readonly List<(NotebookFile File, NotebookRenderer Renderer)> _notebooks = [];

    /// <param name="folder">Where the pages go.</param>
    /// <param name="options">How they differ from the notebooks.</param>
    internal HandoutWriter(string folder, HandoutOptions options)
    {
        _folder = folder;
        _options = options;
    }

    /// <summary>Begins with a notebook: the compiler goes to work on its colours at once, and in the background.</summary>
    /// <param name="document">The notebook; its outputs may change until <see cref="Write()"/>, its sources may not.</param>
    /// <param name="file">Where it comes from. A chapter's manifest beside it says its place among the others.</param>
    internal void Add(NotebookDocument document, NotebookFile file) => _notebooks.Add((file, new NotebookRenderer(document, file, _options)));

    /// <summary>Writes the pages.</summary>
    /// <returns>The pages, in the order of the notebooks, and then the other two.</returns>
    /// <exception cref="InvalidInputException">The folder cannot be written, or the manifest cannot be used.</exception>
    internal IReadOnlyList<WrittenHandout> Write()
    {
        if (_notebooks.Count == 0)
            return [];
        Book? book = _notebooks.Count > 1 ? Book.Of([.. _notebooks.Select(notebook => notebook.File)], _options.Title) : null;
        var notebooks = book is null ? _notebooks : [.. _notebooks.OrderBy(notebook => book.PlaceOf(notebook.File))];

        NotebookContent[] contents = [.. notebooks.Select(notebook => notebook.Renderer.Render())];
        notebooks.ForEach(notebook => notebook.Renderer.Complete());
        if (book is not null)
            (book, contents) = book.Name(contents);
        else if (_options.Title is { } title)
            contents[0] = contents[0] with { Title = title };

        List<WrittenHandout> written = [];
        for (int i = 0; i < contents.Length; i++)
        {
            WrittenHandout page = Write(NotebookPage.FileNameOf(contents[i]), NotebookPage.Render(contents[i], contents, book));
            written.Add(page with
            {
                Notebook = notebooks[i].File,
                MissingImages = contents[i].MissingImages,
                LeftOut = contents[i].LeftOut,
                Scripts = contents[i].Scripts,
                MissingScripts = contents[i].MissingScripts,
            });
        }

        if (book is not null)
        {
            written.Add(Write(book.WholePage, WholePage.Render(contents, book)));
            written.Add(Write(book.IndexPage, IndexPage.Render(contents, book)) with { IsIndex = true });
        }

        return written;
    }

    private WrittenHandout Write(string name, string html)
    {
        string path = Path.Combine(_folder, name);
        AtomicFile.WriteAllText(path, html);
        return new WrittenHandout(path);
    }
}
