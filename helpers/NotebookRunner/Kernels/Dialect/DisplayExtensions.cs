using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using NotebookRunner.Kernels.Embedded;

// Where the real kernel has it: cells call x.Display() without any using.
namespace System;

/// <summary>Shows values among the outputs of the cell that runs.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value as each of the MIME types; without any, as those that its type prefers.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        Show(new DisplayedValue(value, FormattedValue.CreateManyFromObject(value, mimeTypes)));

    /// <summary>Shows a text that is formatted already.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        Show(new DisplayedValue(value, [new FormattedValue(mimeType, value)]));

    /// <summary>Shows a sequence as a table, one column a property.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T>? value, params string[] mimeTypes) =>
        value is null ? Display(null, mimeTypes) : value.ToTabularDataResource().Display(mimeTypes);

    private static DisplayedValue Show(DisplayedValue value)
    {
        CellOutput.Display(value);
        return value;
    }
}
