using NotebookRunner.Execution;
using NotebookRunner.Handouts;
using NotebookRunner.Handouts.Scripts;

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
                    $"warning: {handout.Notebook?.DisplayName}: no such image, or not one that browsers show: {CellPlace.Shorten(image, 200)}");
            }

            foreach (string part in handout.LeftOut.Distinct(StringComparer.Ordinal))
                await Console.Error.WriteLineAsync($"warning: {handout.Notebook?.DisplayName}: not in the handout: {CellPlace.Shorten(part, 200)}");
        }
    }

    /// <summary>Says which scripts were given for nothing, as one whose file has another name than the outputs ask for.</summary>
    internal static async Task WriteUnusedAsync(IEnumerable<ScriptFile> scripts, IReadOnlyList<WrittenHandout> handouts)
    {
        string[] missing = [.. handouts.SelectMany(handout => handout.MissingScripts).Select(ScriptFile.NameIn).Distinct(StringComparer.OrdinalIgnoreCase)];
        string asked = missing.Length == 0 ? "" : $"; they ask for {CellPlace.Shorten(string.Join(", ", missing), 200)}";
        foreach (ScriptFile script in scripts.Except(handouts.SelectMany(handout => handout.Scripts)))
            await Console.Error.WriteLineAsync($"warning: --script: no output asks for a script of the name {script.Name}{asked}");
    }
}
