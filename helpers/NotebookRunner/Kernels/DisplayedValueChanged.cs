namespace NotebookRunner.Kernels;

/// <summary>A value that was displayed before, perhaps by an earlier cell, is to be shown anew in its old place.</summary>
internal sealed record DisplayedValueChanged(string ValueId, IReadOnlyDictionary<string, string> MimeBundle) : KernelEvent;
