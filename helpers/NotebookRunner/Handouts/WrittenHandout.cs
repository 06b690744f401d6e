namespace NotebookRunner.Handouts;

/// <summary>A handout on disk.</summary>
/// <param name="Path">The HTML file.</param>
/// <param name="MissingImages">The images that the notebook shows and that could not be found.</param>
internal sealed record WrittenHandout(string Path, IReadOnlyList<string> MissingImages);
