namespace Multiprocessing.Timings;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel looks for this attribute by its simple name, so that no package is needed:
/// https://github.com/dotnet/interactive/blob/main/docs/formatting.md
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType => formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}
