using NotebookRunner.Execution;
using NotebookRunner.Handouts;

namespace NotebookRunner.Commands;

/// <summary>Says what a handout lacks. It is a warning: the handout shows the place, and the rest of it is whole.</summary>
internal static class HandoutReport
{
    internal static async Task WriteAsync(WrittenHandout handout, NotebookFile file)
    {
        foreach (string image in handout.MissingImages.Distinct(StringComparer.Ordinal))
            await Console.Error.WriteLineAsync($"warning: {file.DisplayName}: no such image, or not one that browsers show: {CellPlace.Shorten(image, 100)}");
    }
}
