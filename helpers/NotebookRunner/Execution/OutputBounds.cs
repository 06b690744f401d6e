using System.Globalization;
using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>
/// How much of a cell's outputs is kept. What puts out more than any notebook is read for, such as a loop without an end, keeps its beginning and its end. (The VS Code extension has the same bounds, in
/// <c>outputBounds.js</c>: a notebook that was run there is to be the same as one that was run here.)
/// </summary>
/// <param name="Characters">The most characters, of text and of all forms of what is displayed.</param>
/// <param name="Lines">The most lines of text.</param>
/// <param name="Outputs">The most outputs.</param>
internal readonly record struct OutputBounds(long Characters, long Lines, long Outputs)
{
    /// <summary>What is kept whole.</summary>
    internal static readonly OutputBounds Whole = new(50_000_000, 200_000, 1_000);

    /// <summary>What is kept at either end of more than that.</summary>
    internal static readonly OutputBounds End = new(2_000_000, 2_000, 50);

    /// <summary>Adds.</summary>
    public static OutputBounds operator +(OutputBounds left, OutputBounds right) =>
        new(left.Characters + right.Characters, left.Lines + right.Lines, left.Outputs + right.Outputs);

    /// <summary>Subtracts.</summary>
    public static OutputBounds operator -(OutputBounds left, OutputBounds right) =>
        new(left.Characters - right.Characters, left.Lines - right.Lines, left.Outputs - right.Outputs);

    /// <summary>Whether this is no more than <paramref name="bounds"/> in any respect.</summary>
    internal bool FitsIn(OutputBounds bounds) => Characters <= bounds.Characters && Lines <= bounds.Lines && Outputs <= bounds.Outputs;

    /// <summary>What stands in the place of this much that was left out.</summary>
    internal DisplayOutput ToNote()
    {
        string amounts = string.Join(" and ", new[] { Amount(Lines, "line"), Amount(Outputs, "output"), Amount(Characters, "character") }.OfType<string>());
        return Note(string.Create(
            CultureInfo.InvariantCulture,
            $"[{amounts} left out here. Of a cell that puts out more than {Whole.Lines:N0} lines, {Whole.Outputs:N0} outputs or {Whole.Characters:N0} characters, the beginning and the end are kept.]"));
    }

    /// <summary>What stands in the place of a value that has become too large.</summary>
    internal DisplayOutput ToValueNote() => Note(string.Create(CultureInfo.InvariantCulture, $"[A value of {Amount(Characters, "character")} is not kept, {Whole.Characters:N0} being the most.]"));

    private static DisplayOutput Note(string text) => new(new MimeBundle([KeyValuePair.Create("text/plain", text)]));

    private static string? Amount(long count, string what) =>
        count <= 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
