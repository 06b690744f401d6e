namespace NotebookRunner.Kernels.Embedded;

/// <summary>There is no answer to a request. The message is one line, fit for the user.</summary>
internal sealed class RequestFailedException(string message) : Exception(message);
