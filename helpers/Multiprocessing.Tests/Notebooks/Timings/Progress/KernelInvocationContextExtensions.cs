#pragma warning disable IDE0130
namespace Microsoft.DotNet.Interactive;
#pragma warning restore IDE0130

/// <summary>Shows values, in the shape of the real kernel's class of this name.</summary>
internal static class KernelInvocationContextExtensions
{
#pragma warning disable IDE0060 // The parameters are the real one's.
    public static ShownValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes) =>
        context.Shown.GetOrAdd(value, static value => new ShownValue([value.ToString()!]));
#pragma warning restore IDE0060
}
