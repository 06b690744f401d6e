using Microsoft.CodeAnalysis;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>A cell could not be run to its end. The message is all that its reader shall see.</summary>
internal sealed class CellFailedException(string message) : Exception(message)
{
    /// <summary>What the compiler found fault with, if that is why.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The compiler found fault with something.</summary>
    /// <param name="errors">With what.</param>
    /// <param name="path">What the cell is called.</param>
    /// <param name="advice">What to do; null if the errors say it.</param>
    public static CellFailedException Because(IReadOnlyList<Diagnostic> errors, string path, string? advice = null) =>
        new(string.Join(Environment.NewLine, errors.Select(error => Describe(error, path)).Concat(advice is null ? [] : [advice]))) { Diagnostics = errors };

    // As the real kernel prints it, whose cells have no name.
    private static string Describe(Diagnostic diagnostic, string path)
    {
        string text = diagnostic.ToString();
        return text.StartsWith(path + "(", StringComparison.Ordinal) ? text[path.Length..] : text;
    }
}
