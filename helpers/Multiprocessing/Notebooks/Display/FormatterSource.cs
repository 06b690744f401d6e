using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Display;

/// <summary>What a notebook shows in a way of its own. Anything else is shown by a <see cref="Summary"/>.</summary>
internal interface INotebookView
{
    /// <summary>Writes the object as HTML. As plain text it is what <c>ToString</c> says.</summary>
    void WriteHtml(TextWriter writer);
}

/// <summary>
/// What a notebook kernel asks, by convention, how an object of this library is shown. By itself the kernel would read every property: it
/// would take a span that it never gives back, and ask a process that has not been started for its number.
/// </summary>
internal sealed class FormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TypeFormatter("text/html", WriteHtml), new TypeFormatter("text/plain", WriteText)];

    private static void WriteHtml(object shown, TextWriter writer)
    {
        if (shown is INotebookView view)
        {
            view.WriteHtml(writer);
        }
        else
        {
            Html.Write(Summarize(shown).ToHtml(), writer);
        }
    }

    private static void WriteText(object shown, TextWriter writer) =>
        writer.Write(shown is INotebookView ? shown.ToString() : Summary.Clean(Describe(shown)));

    private static Summary Summarize(object shown)
    {
        try
        {
            return Summaries.Of(shown);
        }
        catch (ObjectDisposedException)
        {
            // Another thread was faster.
            return Summary.OfDisposed(shown.GetType().Name);
        }
#pragma warning disable CA1031 // It runs code of the elements' own types; whatever that does, a cell must not fail because its value is shown.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Summary(shown.GetType().Name, [Summary.State($"보여 줄 수 없음 ({e.GetType()})")]);
        }
    }

    private static string Describe(object shown)
    {
        try
        {
            return shown.ToString() ?? "";
        }
        catch (ObjectDisposedException)
        {
            return $"{shown.GetType().Name}: disposed";
        }
#pragma warning disable CA1031 // As above; an exception asks its inner one, which is anybody's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"{shown.GetType().Name}: {(shown is Exception { Message: var message } ? message : $"cannot be shown ({e.GetType()})")}";
        }
    }

    /// <summary>One way to show an object, in the shape that .NET Interactive looks for by reflection.</summary>
    private sealed class TypeFormatter(string mimeType, Action<object, TextWriter> write)
    {
        /// <summary>Read by the kernel.</summary>
        public string MimeType => mimeType;

        /// <summary>Called by the kernel; the first parameter must be exactly object.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            write(instance, writer);
            return true;
        }
    }
}
