namespace NotebookRunner.Kernels.Protocol;

/// <summary>A variable of the notebook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The type that it was declared with, as C# writes it.</param>
/// <param name="FormattedValue">Its value in a line.</param>
/// <param name="PreferredMimeTypes">What else the value could be shown as.</param>
/// <param name="Size">How many elements it has, if it knows. Ours: .NET Interactive does not tell.</param>
internal sealed record ValueInfoContent(
    string Name, string TypeName, MimeContent FormattedValue, IReadOnlyList<string> PreferredMimeTypes, int? Size);
