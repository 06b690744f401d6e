namespace NotebookRunner.Documents;

/// <summary>What the user gave cannot be used. The message is one line that says which file, what is wrong and what to do.</summary>
internal sealed class InvalidInputException : Exception
{
    internal InvalidInputException(string message)
        : base(message)
    {
    }

    internal InvalidInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
