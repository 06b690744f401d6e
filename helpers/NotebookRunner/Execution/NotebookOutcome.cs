namespace NotebookRunner.Execution;

/// <summary>What came of one notebook.</summary>
/// <param name="Name">What to call the notebook.</param>
/// <param name="Status">How its run ended.</param>
internal sealed record NotebookOutcome(string Name, NotebookStatus Status)
{
    /// <summary>How many code cells it has to run.</summary>
    internal int Cells { get; init; }

    /// <summary>How many of them did what they should.</summary>
    internal int Passed { get; init; }

    /// <summary>How many of them did not.</summary>
    internal int Failed { get; init; }

    /// <summary>How many were passed over, since this machine cannot restore what they need.</summary>
    internal int Skipped { get; init; }

    /// <summary>From the start of its kernel to the end of its last cell.</summary>
    internal TimeSpan Elapsed { get; init; }

    /// <summary>What to tell the user, the first line of each complete in itself; none if all is well.</summary>
    internal IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>A notebook of which nothing was run.</summary>
    internal static NotebookOutcome Refused(string name, string problem) => new(name, NotebookStatus.Refused) { Problems = [problem] };
}
