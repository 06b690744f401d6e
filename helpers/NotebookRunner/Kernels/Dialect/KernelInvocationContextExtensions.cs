using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Shows values among the outputs of a cell's run.</summary>
#pragma warning disable IDE0060 // The context is there for the call to read as it does with the real kernel; output finds its cell by itself.
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows a value as each of the MIME types; without any, as those that its type prefers.</summary>
    public static DisplayedValue Display(this KernelInvocationContext context, object? value, params string[] mimeTypes) =>
        DisplayExtensions.Display(value, mimeTypes);

    /// <summary>Shows a text that is formatted already.</summary>
    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType) =>
        value.DisplayAs(mimeType);
}
