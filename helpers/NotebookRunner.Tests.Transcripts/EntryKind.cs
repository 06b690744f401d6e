namespace NotebookRunner.Tests.Transcripts;

/// <summary>Kinds of lines in a transcript.</summary>
internal enum EntryKind
{
    /// <summary>Which kernel it was.</summary>
    Recorded,

    /// <summary>A command of the client.</summary>
    In,

    /// <summary>An event of the kernel.</summary>
    Out,

    /// <summary>What else came out of the kernel's standard output, with the end of its line.</summary>
    Stray,

    /// <summary>A line of the kernel's standard error.</summary>
    Error,

    /// <summary>The kernel's exit code. Missing if it had to be killed.</summary>
    Exit,
}
