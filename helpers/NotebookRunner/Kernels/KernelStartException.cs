namespace NotebookRunner.Kernels;

/// <summary>A kernel could not be started. The message is one line, fit for the user.</summary>
internal sealed class KernelStartException : Exception
{
    internal KernelStartException(string message)
        : base(message)
    {
    }

    internal KernelStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
