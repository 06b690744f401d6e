using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Handouts;

/// <summary>Writes handouts to disk.</summary>
internal static class HandoutWriter
{
    /// <summary>Writes the handout of a notebook.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be written.</exception>
    internal static WrittenHandout Write(NotebookDocument document, NotebookFile file, string folder)
    {
        string path = Path.Combine(folder, file.Name + ".html");
        var page = new HandoutPage(document, file);
        AtomicFile.WriteAllText(path, page.Render());
        return new WrittenHandout(path, page.MissingImages);
    }
}
