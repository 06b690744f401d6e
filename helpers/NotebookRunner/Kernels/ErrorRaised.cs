namespace NotebookRunner.Kernels;

/// <summary>Why the cell failed: compile errors or an exception. Reported once for a failing cell.</summary>
/// <param name="Message">What a reader of the notebook should see, without the stack trace.</param>
/// <param name="ExceptionType">The full name of the exception's type; null for compile errors, and where the kernel does not tell.</param>
/// <param name="StackTrace">The stack trace as the kernel gave it; null where there is none.</param>
internal sealed record ErrorRaised(string Message, string? ExceptionType, string? StackTrace) : KernelEvent;
