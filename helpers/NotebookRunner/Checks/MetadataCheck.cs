using NotebookRunner.Documents;
using NotebookRunner.Execution;

namespace NotebookRunner.Checks;

/// <summary>Whether cells have ids of their own, and what the runner reads in the metadata can be read.</summary>
internal static class MetadataCheck
{
    private const string KernelSpecName = ".net-csharp";

    internal static IEnumerable<string> FindProblems(CheckedNotebook notebook) =>
        [.. FindDoubledIds(notebook), .. FindUnknownNeeds(notebook)];

    /// <summary>What a chapter's notebook needs besides, which many people open with many programs: it says everywhere in which language it is, and whoever saves it leaves it as it is.</summary>
    internal static IEnumerable<string> FindProblemsForEditors(CheckedNotebook notebook) => [.. FindMissingLanguages(notebook), .. FindMisplacedKeys(notebook)];

    private static IEnumerable<string> FindDoubledIds(CheckedNotebook notebook) =>
        from cells in notebook.Document.Cells.Where(cell => cell.Id is not null).GroupBy(cell => cell.Id)
        where cells.Count() > 1
        select $"{notebook.File.DisplayName}: cells {string.Join(" and ", cells.Select(cell => cell.Position))} have the same id, '{cells.Key}'";

    private static IEnumerable<string> FindMissingLanguages(CheckedNotebook notebook)
    {
        var kernelSpec = notebook.Document.Metadata.ObjectAt("kernelspec");
        if (kernelSpec?.StringAt("name") != KernelSpecName || kernelSpec.StringAt("language") != NotebookLanguage.CSharp)
            yield return $"{notebook.File.DisplayName}: its metadata has no kernelspec with the name '{KernelSpecName}' and the language '{NotebookLanguage.CSharp}'";
        // Editors colour the cells of a language that they know: 'C#' and 'polyglot-notebook' are none.
        if (notebook.Document.LanguageInfo != NotebookLanguage.CSharp)
            yield return $"{notebook.File.DisplayName}: its metadata has no language_info with the name '{NotebookLanguage.CSharp}'";
        foreach (NotebookCell cell in notebook.Document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            if (cell.Metadata.ObjectAt("polyglot_notebook")?.StringAt("kernelName") != NotebookLanguage.CSharp)
                yield return $"{notebook.Place(cell)}: its metadata has no polyglot_notebook.kernelName '{NotebookLanguage.CSharp}'";
            if (cell.Metadata.ContainsKey("vscode"))
                yield return $"{notebook.Place(cell)}: its metadata has 'vscode', where an editor has noted another language than the notebook's; take it out";
        }
    }

    private static IEnumerable<string> FindMisplacedKeys(CheckedNotebook notebook)
    {
        const string Remedy = "comes too late: editors sort the keys when they save, and so does 'run --in-place'";
        if (notebook.Document.FindMisplacedKey() is { } misplaced)
            yield return $"{notebook.File.DisplayName}: the key '{misplaced}' {Remedy}";
        foreach (NotebookCell cell in notebook.Document.Cells)
        {
            if (cell.FindMisplacedKey() is { } key)
                yield return $"{notebook.Place(cell)}: the key '{key}' {Remedy}";
        }
    }

    private static IEnumerable<string> FindUnknownNeeds(CheckedNotebook notebook)
    {
        var optional = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (NotebookCell cell in notebook.RunnableCells)
        {
            bool isTagged = cell.Tags.Contains(OptionalPackages.Tag);
            if (isTagged)
                optional.UnionWith(OptionalPackages.AskedFor(cell));
            foreach (string id in OptionalPackages.Needs(cell))
            {
                if (!isTagged)
                    yield return $"{notebook.Place(cell)}: it needs '{id}' and has no tag '{OptionalPackages.Tag}'";
                else if (!optional.Contains(id))
                    yield return $"{notebook.Place(cell)}: it needs '{id}', which no cell with the tag '{OptionalPackages.Tag}' up to it asks for";
            }
        }
    }
}
