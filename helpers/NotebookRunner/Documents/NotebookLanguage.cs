namespace NotebookRunner.Documents;

/// <summary>What notebooks call C#.</summary>
internal static class NotebookLanguage
{
    /// <summary>What our own notebooks call it, and what editors know it by.</summary>
    internal const string CSharp = "csharp";

    /// <summary>What stands in the place of a language where the Polyglot Notebooks extension saved the notebook: which language it is, the kernel's name says.</summary>
    internal const string Polyglot = "polyglot-notebook";

    // The kernel's name in .NET Interactive, the language in a kernelspec, the kernelspec's own name, and what people write by hand.
    private static readonly HashSet<string> NamesOfCSharp = new(StringComparer.OrdinalIgnoreCase) { CSharp, "C#", ".net-csharp", "cs" };

    internal static bool IsCSharp(string? language) => language is not null && NamesOfCSharp.Contains(language);

    /// <summary>The language, unless it says nothing of which one it is.</summary>
    internal static string? Told(string? language) => language == Polyglot ? null : language;

    /// <summary>Refuses a notebook in which a cell that would run is in a language that we do not run.</summary>
    /// <exception cref="InvalidInputException">There is such a cell.</exception>
    internal static void RequireCSharp(NotebookDocument document, string file)
    {
        foreach (NotebookCell cell in document.RunnableCells)
        {
            string? language = document.LanguageOf(cell);
            if (IsCSharp(language))
                continue;
            throw new InvalidInputException(language is null
                ? $"{file}: cell {cell.Position} does not say its language, nor does the notebook. Choose the .NET (C#) kernel and save."
                : $"{file}: cell {cell.Position} is in '{language}'; only C# is run here. Change the cell's language or leave the notebook out.");
        }
    }
}
