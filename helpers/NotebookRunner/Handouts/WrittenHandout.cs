using NotebookRunner.Execution;
using NotebookRunner.Handouts.Scripts;

namespace NotebookRunner.Handouts;

/// <summary>A handout on disk.</summary>
/// <param name="Path">The HTML file.</param>
internal sealed record WrittenHandout(string Path)
{
    /// <summary>The notebook that it shows; null if it shows several.</summary>
    internal NotebookFile? Notebook { get; init; }

    /// <summary>Whether it only lists the others.</summary>
    internal bool IsIndex { get; init; }

    /// <summary>The images that the notebook shows and that could not be found.</summary>
    internal IReadOnlyList<string> MissingImages { get; init; } = [];

    /// <summary>What else the outputs have that no page can hold.</summary>
    internal IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The scripts that it holds for the notebook's outputs.</summary>
    internal IReadOnlyList<ScriptFile> Scripts { get; init; } = [];

    /// <summary>The addresses of scripts that the outputs ask for and that were not at hand.</summary>
    internal IReadOnlyList<string> MissingScripts { get; init; } = [];
}
