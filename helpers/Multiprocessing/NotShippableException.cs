using System.Globalization;

namespace Multiprocessing;

/// <summary>
/// Something that a function needs cannot go to another process: an open stream, a thread, a task, a socket, a native handle, a pointer.
/// Thrown before anything is sent; but an input of a pool's call that cannot go fails alone, as one for which the function throws does.
/// </summary>
[TypeFormatterSource(PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class NotShippableException : Exception
{
    /// <summary>Initializes the exception with a standard message.</summary>
    public NotShippableException()
        : this("Something that the function needs cannot be sent to another process.")
    {
    }

    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What cannot go, and what to do.</param>
    public NotShippableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes the exception with the error behind it.</summary>
    /// <param name="message">What cannot go, and what to do.</param>
    /// <param name="innerException">The error behind it.</param>
    public NotShippableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal NotShippableException(string path, Type culprit, string advice)
        : base($"{Shorten(path)} ({culprit}) cannot be sent to another process: {advice}")
    {
        Path = path;
        Culprit = culprit;
    }

    internal NotShippableException(Exception refusal, int index)
        : base(refusal is NotShippableException ? refusal.Message : string.Create(CultureInfo.InvariantCulture, $"input {index} cannot be sent to another process: {refusal.Message}"), refusal)
    {
        Path = (refusal as NotShippableException)?.Path ?? string.Create(CultureInfo.InvariantCulture, $"input {index}");
        Culprit = (refusal as NotShippableException)?.Culprit;
        InputIndex = index;
    }

    /// <summary>Which input of a pool's call it was, from 0; null if it was none.</summary>
    public int? InputIndex { get; }

    /// <summary>The exceptions for other inputs of the same call, in the order of the inputs.</summary>
    public IReadOnlyList<Exception> OtherExceptions { get; internal set; } = [];

    /// <inheritdoc cref="WorkerFailureException.Failures"/>
    public IReadOnlyList<Exception> Failures => [this, .. OtherExceptions];

    /// <summary>
    /// The way from the function to what cannot go, by the names in the source: <c>lambda at cell 3 -> log -> stream</c>; from an input, <c>input 7 -> stream</c>. Empty if there is none.
    /// </summary>
    public string Path { get; } = "";

    /// <summary>The type of what cannot go, if it is an object.</summary>
    public Type? Culprit { get; }

    /// <summary>The way to the end of a long chain is the same step a million times: its beginning and its end are enough for a message.</summary>
    private static string Shorten(string path)
    {
        const int LongestPart = 300;
        const string Arrow = " -> ";
        if (path.Length <= 3 * LongestPart)
        {
            return path;
        }

        int first = path.LastIndexOf(Arrow, LongestPart, StringComparison.Ordinal);
        int last = path.IndexOf(Arrow, path.Length - LongestPart, StringComparison.Ordinal);
        return first < 0 || last < 0 ? path : $"{path[..first]}{Arrow}…{path[last..]}";
    }
}
