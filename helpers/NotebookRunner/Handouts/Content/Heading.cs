namespace NotebookRunner.Handouts.Content;

/// <summary>A heading below the notebook's title, for the contents list.</summary>
/// <param name="Level">From 2; never more than one below the heading that it belongs to.</param>
/// <param name="Text">Its words.</param>
/// <param name="Anchor">Its id.</param>
internal sealed record Heading(int Level, string Text, string Anchor);
