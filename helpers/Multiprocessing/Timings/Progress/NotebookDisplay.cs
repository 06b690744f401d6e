using System.Reflection;

namespace Multiprocessing.Timings.Progress;

/// <summary>
/// Shows a bar among the outputs of the cell that runs. The kernel is found by the names of its types, so that no package is needed. Not <c>display</c>: what that returns
/// updates another place than the one that it has shown (https://github.com/dotnet/interactive/blob/main/src/Microsoft.DotNet.Interactive.Formatting/DisplayExtensions.cs).
/// </summary>
internal sealed class NotebookDisplay : IProgressDisplay
{
    private const string ExtensionsType = "Microsoft.DotNet.Interactive.KernelInvocationContextExtensions";

    private static MethodInfo? s_display;

    private readonly object _cell;
    private object? _shown;

    private NotebookDisplay(object cell) => _cell = cell;

    /// <summary>The display of the cell that is calling; null if this is no cell of a kernel.</summary>
    public static NotebookDisplay? TryFind()
    {
        s_display ??= FindDisplay();
        object? cell = s_display?.GetParameters()[0].ParameterType.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return cell is null ? null : new NotebookDisplay(cell);
    }

    public void Show(ProgressBar bar)
    {
        if (_shown is null)
            _shown = s_display!.Invoke(null, [_cell, bar, Array.Empty<string>()]);
        else
            _shown.GetType().GetMethod("Update", [typeof(object)])?.Invoke(_shown, [bar]);
    }

    // Display(KernelInvocationContext, object, params string[]); there is another one, which is internal.
    private static MethodInfo? FindDisplay() => AppDomain.CurrentDomain.GetAssemblies()
        .Select(static assembly => assembly.GetType(ExtensionsType, throwOnError: false))
        .SelectMany(static type => type?.GetMethods(BindingFlags.Public | BindingFlags.Static) ?? [])
        .FirstOrDefault(static method => method.Name == "Display" && method.GetParameters() is [_, var value, var mimeTypes]
            && value.ParameterType == typeof(object) && mimeTypes.ParameterType == typeof(string[]));
}
