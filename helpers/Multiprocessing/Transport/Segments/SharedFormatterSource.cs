using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Timings;

namespace Multiprocessing.Transport.Segments;

/// <summary>
/// What a notebook kernel asks, by convention, how a shared object is shown: as its text. By itself the kernel would read every property, and with it take a span
/// that it never gives back.
/// </summary>
internal sealed class SharedFormatterSource
{
    /// <summary>Called by the kernel.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel calls it on an instance, by reflection.")]
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TypeFormatter<ISharedObject>("text/plain", static (shared, writer) => writer.Write(shared.ToString()))];
}
