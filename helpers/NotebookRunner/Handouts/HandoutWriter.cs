using NotebookRunner.Documents;
using NotebookRunner.Execution;
using NotebookRunner.Handouts.Content;
using NotebookRunner.Handouts.Pages;

namespace NotebookRunner.Handouts;

/// <summary>Writes handouts to disk.</summary>
internal static class HandoutWriter
{
    /// <summary>Writes a page for each notebook; for several, also the page with all of them and the page that lists them.</summary>
    /// <param name="notebooks">The notebooks, with the files that they come from. A chapter's manifest beside them says their order.</param>
    /// <param name="folder">Where the pages go.</param>
    /// <param name="options">How they differ from the notebooks.</param>
    /// <returns>The pages, in the order of the notebooks, and then the other two.</returns>
    /// <exception cref="InvalidInputException">The folder cannot be written, or the manifest cannot be used.</exception>
    internal static IReadOnlyList<WrittenHandout> Write(
        IReadOnlyList<(NotebookDocument Document, NotebookFile File)> notebooks, string folder, HandoutOptions options)
    {
        if (notebooks.Count == 0)
            return [];
        Book? book = null;
        if (notebooks.Count > 1)
        {
            book = Book.Of([.. notebooks.Select(notebook => notebook.File)], options.Title);
            notebooks = [.. notebooks.OrderBy(notebook => book.PlaceOf(notebook.File))];
        }

        // The compiler is at work from the first of these lines to the last.
        NotebookRenderer[] renderers = [.. notebooks.Select(notebook => new NotebookRenderer(notebook.Document, notebook.File, options))];
        NotebookContent[] contents = [.. renderers.Select(renderer => renderer.Render())];
        Array.ForEach(renderers, renderer => renderer.Complete());
        if (book is not null)
            (book, contents) = book.Name(contents);
        else if (options.Title is { } title)
            contents[0] = contents[0] with { Title = title };

        List<WrittenHandout> written = [];
        for (int i = 0; i < contents.Length; i++)
        {
            WrittenHandout page = Write(NotebookPage.FileNameOf(contents[i]), NotebookPage.Render(contents[i], contents, book));
            written.Add(page with { Notebook = notebooks[i].File, MissingImages = contents[i].MissingImages });
        }

        if (book is not null)
        {
            written.Add(Write(book.WholePage, WholePage.Render(contents, book)));
            written.Add(Write(book.IndexPage, IndexPage.Render(contents, book)) with { IsIndex = true });
        }

        return written;

        WrittenHandout Write(string name, string html)
        {
            string path = Path.Combine(folder, name);
            AtomicFile.WriteAllText(path, html);
            return new WrittenHandout(path);
        }
    }
}
