using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Pictures;

/// <summary>Finds the cells whose stored outputs had a picture of a chart, and whose new ones have only the place for it.</summary>
internal static class LostPictures
{
    /// <param name="document">The notebook as it is to be stored.</param>
    /// <param name="before">The same notebook as it was stored.</param>
    /// <param name="file">The notebook's file.</param>
    internal static IEnumerable<CellPlace> Find(NotebookDocument document, NotebookDocument before, NotebookFile file)
    {
        NotebookCell[] cells = [.. document.RunnableCells];
        return from pair in cells.Zip(before.RunnableCells).Select((pair, index) => (New: pair.First.Outputs, Old: pair.Second.Outputs, Index: index))
               where pair.Old.Any(PicturePlace.HasPicture) && pair.New.Any(output => PicturePlace.Html(output) is not null) && !pair.New.Any(PicturePlace.HasPicture)
               select CellPlace.Of(cells, pair.Index, file);
    }
}
