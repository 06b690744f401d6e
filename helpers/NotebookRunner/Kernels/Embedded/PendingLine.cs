namespace NotebookRunner.Kernels.Embedded;

/// <summary>What waits to be sent to the client.</summary>
internal abstract record PendingLine
{
    /// <summary>About how many characters it is.</summary>
    public virtual long Size => 100;

    /// <summary>The line as it goes out.</summary>
    public abstract byte[] ToJson();
}
