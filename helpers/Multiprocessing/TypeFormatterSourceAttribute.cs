using System.Diagnostics.CodeAnalysis;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for this attribute by its simple name, so that no package is needed:
/// https://github.com/dotnet/interactive/blob/main/docs/formatting.md
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>The type of what it asks; null if it is to ask nothing.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The kernel reads it of an instance, by reflection.")]
    public Type? FormatterSourceType => WorkerHost.Default.Notebook.FormatterSource;

    public string[]? PreferredMimeTypes { get; set; }
}
