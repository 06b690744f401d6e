using AngleSharp.Dom;
using NotebookRunner.Chapters;
using NotebookRunner.Handouts.Scripts;

namespace NotebookRunner.Handouts.Content;

/// <summary>What a notebook has to say, as HTML that does not know yet on which page it will stand.</summary>
internal sealed record NotebookContent
{
    /// <summary>The file's name without its extension.</summary>
    internal required string Name { get; init; }

    /// <summary>The file's name.</summary>
    internal required string FileName { get; init; }

    internal required string Language { get; init; }

    internal required string Title { get; init; }

    /// <summary>What a list of notebooks calls it, which may name the section of the chapter where the notebook's own title does not.</summary>
    internal required string ListTitle { get; init; }

    /// <summary>What the chapter's manifest says of the notebook; null if it is in none.</summary>
    internal ChapterNotebook? Entry { get; init; }

    /// <summary>The id of the title; null for a notebook that has none of its own.</summary>
    internal required string? TitleAnchor { get; init; }

    /// <summary>The cells below the title. Headings begin at level 2; ids are unique in it; links between notebooks still lead to notebooks.</summary>
    internal required IElement Body { get; init; }

    internal required IReadOnlyList<Heading> Headings { get; init; }

    /// <summary>The images that the notebook shows and that could not be found.</summary>
    internal required IReadOnlyList<string> MissingImages { get; init; }

    /// <summary>What else its outputs have that no page can hold.</summary>
    internal required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>The scripts that its outputs ask for, and that the page therefore has to hold.</summary>
    internal required IReadOnlyList<ScriptFile> Scripts { get; init; }

    /// <summary>The addresses of those that they ask for and that are not at hand.</summary>
    internal required IReadOnlyList<string> MissingScripts { get; init; }
}
