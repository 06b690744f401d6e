namespace NotebookRunner.Documents;

/// <summary>The cell types of nbformat 4.</summary>
internal enum CellKind
{
    /// <summary>Code that a kernel runs.</summary>
    Code,

    /// <summary>Prose in Markdown.</summary>
    Markdown,

    /// <summary>Text that is nobody's but its author's.</summary>
    Raw,
}
