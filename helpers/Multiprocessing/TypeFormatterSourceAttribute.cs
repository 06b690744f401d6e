using Multiprocessing.Hosting;
using Multiprocessing.Workers;

namespace Multiprocessing;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for this attribute by its simple name, so that no package is needed:
/// https://github.com/dotnet/interactive/blob/main/docs/formatting.md
/// </summary>
/// <param name="formatterSourceType">The type of what it asks; the host's (<see cref="INotebookHost.FormatterSource"/>) unless given.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type? formatterSourceType = null) : Attribute
{
    public Type? FormatterSourceType => formatterSourceType ?? WorkerHost.Default.Notebook.FormatterSource;

    public string[]? PreferredMimeTypes { get; set; }
}
