namespace NotebookRunner.Handouts;

/// <summary>A heading of the page, for the contents list.</summary>
internal sealed record Heading(int Level, string Text, string Anchor);
