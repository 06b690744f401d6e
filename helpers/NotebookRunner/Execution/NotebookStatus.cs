namespace NotebookRunner.Execution;

/// <summary>How the run of one notebook ended.</summary>
internal enum NotebookStatus
{
    /// <summary>Every cell did what it should.</summary>
    Passed,

    /// <summary>A cell did not do what it should, and the rest was not run.</summary>
    Failed,

    /// <summary>The user stopped the run.</summary>
    Interrupted,

    /// <summary>Nothing was run: the file is no notebook that we can run, or there is no kernel.</summary>
    Refused,
}
