using NotebookRunner.Execution;
using NotebookRunner.Handouts;

namespace NotebookRunner.Commands;

/// <summary>Says what a handout lacks. It is a warning: the handout shows the place, and the rest of it is whole.</summary>
internal static class HandoutReport
{
    internal static async Task WriteAsync(IEnumerable<WrittenHandout> handouts)
    {
        foreach (WrittenHandout handout in handouts)
        {
            foreach (string image in handout.MissingImages.Distinct(StringComparer.Ordinal))
            {
                await Console.Error.WriteLineAsync(
                    $"warning: {handout.Notebook?.DisplayName}: no such image, or not one that browsers show: {CellPlace.Shorten(image, 100)}");
            }
        }
    }
}
