namespace NotebookRunner.Kernels;

/// <summary>The cell displayed a value: <c>display(x)</c>, <c>x.Display()</c>.</summary>
/// <param name="ValueId">What a later <see cref="DisplayedValueChanged"/> names this output by; null when it cannot change.</param>
/// <param name="MimeBundle">The formatted value by MIME type.</param>
internal sealed record ValueDisplayed(string? ValueId, IReadOnlyDictionary<string, string> MimeBundle) : KernelEvent;
