using System.Text.Json.Nodes;
using NotebookRunner.Documents;

namespace NotebookRunner.Checks;

/// <summary>What editors add to the metadata of a notebook while they run it, and change in it when they save: nothing that a reader of the notebook meets.</summary>
internal static class EditorMetadata
{
    /// <summary>What it is, in a few words.</summary>
    internal const string Summary = "when a cell ran, how its outputs are folded, which kernel was chosen and what that kernel calls C#";

    // JupyterLab notes down when a cell ran; its predecessor did with an extension. Jupyter keeps what is folded, Visual Studio Code a language of the cell's own.
    // Which kernel of .NET Interactive runs a cell is its language, and that is compared as such.
    private static readonly HashSet<string> OfCells = new(StringComparer.Ordinal)
    {
        "execution", "ExecuteTime", "collapsed", "scrolled", "jupyter", "vscode", "polyglot_notebook", "dotnet_interactive",
    };

    private static readonly HashSet<string> OfNotebooks = new(StringComparer.Ordinal)
    {
        "kernelspec", "language_info", "polyglot_notebook", "dotnet_interactive", "vscode", "orig_nbformat", "widgets",
    };

    /// <summary>The keys, but for those of editors, whose values differ between two notebooks.</summary>
    internal static IReadOnlyList<string> FindDifferences(NotebookDocument stored, NotebookDocument saved) =>
        FindDifferences(stored.Metadata, saved.Metadata, OfNotebooks);

    /// <summary>The keys, but for those of editors, whose values differ between two cells.</summary>
    internal static IReadOnlyList<string> FindDifferences(NotebookCell stored, NotebookCell saved) =>
        FindDifferences(stored.Metadata, saved.Metadata, OfCells);

    private static string[] FindDifferences(JsonObject stored, JsonObject saved, HashSet<string> passedOver) =>
    [
        .. stored.Concat(saved)
            .Select(entry => entry.Key)
            .Distinct()
            .Where(key => !passedOver.Contains(key) && (!stored.ContainsKey(key) || !saved.ContainsKey(key) || !JsonNode.DeepEquals(stored[key], saved[key]))),
    ];
}
