namespace NotebookRunner.Kernels.Embedded;

/// <summary>What waits to be sent to the client.</summary>
internal abstract record PendingLine
{
    /// <summary>The line as it goes out.</summary>
    public abstract byte[] ToJson();
}
