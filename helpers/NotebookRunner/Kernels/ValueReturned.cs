namespace NotebookRunner.Kernels;

/// <summary>The value of the cell's last expression, formatted, by MIME type.</summary>
internal sealed record ValueReturned(IReadOnlyDictionary<string, string> MimeBundle) : KernelEvent;
