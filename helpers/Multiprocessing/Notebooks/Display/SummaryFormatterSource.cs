using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings;
using Multiprocessing.Timings.Charts;

namespace Multiprocessing.Notebooks.Display;

/// <summary>
/// What a notebook kernel asks, by convention, how an object of this library is shown. By itself the kernel would read every property: it would take a span that it never
/// gives back, and ask a process that has not been started for its number.
/// </summary>
internal sealed class SummaryFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<object>("text/html", static (shown, writer) => Html.Write(Summarize(shown).ToHtml(), writer)),
        new TypeFormatter<object>("text/plain", static (shown, writer) => writer.Write(SummaryText.Clean(Describe(shown)))),
    ];

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
}
