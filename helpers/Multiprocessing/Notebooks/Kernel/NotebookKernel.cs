using System.Reflection;

namespace Multiprocessing.Notebooks.Kernel;

/// <summary>
/// The kernel whose cells run in this process: .NET Interactive, or one that is like it. Found by the names of its types, so that no package is needed. Thread-safe.
/// </summary>
internal static class NotebookKernel
{
    private const string ContextTypeName = "Microsoft.DotNet.Interactive.KernelInvocationContext";

    // Code of ours runs after the kernel has been loaded, if this process has one: it is the kernel that runs the cells.
    private static readonly Type? ContextType = FindContextType();

    private static readonly Func<object?>? CurrentContext = ContextType?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetMethod
        ?.CreateDelegate<Func<object?>>();

    /// <summary>The kernel's context of the cell whose code is calling; null in no cell.</summary>
    public static object? Context => CurrentContext?.Invoke();

    /// <summary>The kernel's own assembly; null without a kernel.</summary>
    public static Assembly? Assembly => ContextType?.Assembly;

    private static Type? FindContextType() => AppDomain.CurrentDomain.GetAssemblies()
        .Select(static assembly => assembly.GetType(ContextTypeName, throwOnError: false))
        .FirstOrDefault(static type => type is not null);
}
