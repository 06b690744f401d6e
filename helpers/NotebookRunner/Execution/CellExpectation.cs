using NotebookRunner.Documents;

namespace NotebookRunner.Execution;

/// <summary>What a cell should do: succeed, unless its tags say otherwise.</summary>
internal static class CellExpectation
{
    /// <summary>The tag, as in Jupyter, of a cell that has to fail.</summary>
    internal const string RaisesExceptionTag = "raises-exception";

    /// <summary>The metadata key beside that tag for a part of the error's text that has to be there.</summary>
    internal const string ExpectedMessageKey = "expected_message";

    private const int MostToSay = 1000;

    /// <summary>Says in one line why the outcome is not what the cell should do; null if it is.</summary>
    internal static string? FindProblem(NotebookCell cell, bool succeeded, IReadOnlyList<CellOutput> outputs)
    {
        ErrorOutput? error = outputs.OfType<ErrorOutput>().LastOrDefault();
        if (!cell.Tags.Contains(RaisesExceptionTag))
            return succeeded ? null : Describe(error);
        if (succeeded)
            return $"should have failed (it is tagged {RaisesExceptionTag}), but did not";
        string? expected = cell.Metadata.StringAt(ExpectedMessageKey);
        return expected is null || FullText(error).Contains(expected, StringComparison.Ordinal)
            ? null
            : $"should have failed with \"{expected}\", but it was: {Describe(error)}";
    }

    /// <summary>The first line of what went wrong.</summary>
    internal static string Describe(ErrorOutput? error)
    {
        string firstLine = FullText(error).AsSpan().Trim().ToString().ReplaceLineEndings("\n").Split('\n')[0];
        return firstLine.Length > 0 ? CellPlace.Shorten(firstLine, MostToSay) : "failed without saying why";
    }

    /// <summary>"System.Exception: message", without saying the type twice where the kernel's message already begins with it.</summary>
    private static string FullText(ErrorOutput? error) => error switch
    {
        null => "",
        { Name: "" or "Error" } => error.Message,
        _ when error.Message.StartsWith(error.Name, StringComparison.Ordinal) => error.Message,
        _ => $"{error.Name}: {error.Message}",
    };
}
