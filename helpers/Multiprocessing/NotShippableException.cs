using Multiprocessing.Showing;
using Multiprocessing.Timings;

namespace Multiprocessing;

/// <summary>
/// Something that a function needs cannot go to another process: an open stream, a thread, a task, a socket, a native handle, a pointer.
/// Thrown before anything is sent.
/// </summary>
[TypeFormatterSource(typeof(SummaryFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class NotShippableException : Exception, ISummarized
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

    /// <summary>
    /// The way from the function to what cannot go, by the names in the source: <c>lambda at cell 3 -> log -> stream</c>. Empty if there is none.
    /// </summary>
    public string Path { get; } = "";

    /// <summary>The type of what cannot go, if it is an object.</summary>
    public Type? Culprit { get; }

    // The message says the way, shortened.
    Summary ISummarized.Summarize() => new(
        nameof(NotShippableException),
        Culprit is null ? [new("메시지", Message)] : [new("메시지", Message), new("보낼 수 없는 형식", Culprit.ToString())]);

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
