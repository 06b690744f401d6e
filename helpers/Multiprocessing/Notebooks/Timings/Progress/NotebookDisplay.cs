using System.Reflection;
using Multiprocessing.Notebooks.Kernel;

namespace Multiprocessing.Timings.Progress;

/// <summary>
/// Shows a bar among the outputs of the cell that runs. Not <c>display</c>: what that returns
/// updates another place than the one that it has shown (https://github.com/dotnet/interactive/blob/main/src/Microsoft.DotNet.Interactive.Formatting/DisplayExtensions.cs).
/// </summary>
internal sealed class NotebookDisplay
{
    private const string ExtensionsType = "Microsoft.DotNet.Interactive.KernelInvocationContextExtensions";

    private static readonly MethodInfo? DisplayMethod = FindDisplay();

    private readonly object _cell;
    private object? _shown;

    private NotebookDisplay(object cell) => _cell = cell;

    /// <summary>The display of the cell that is calling; null if this is no cell of a kernel.</summary>
    public static NotebookDisplay? TryFind() => DisplayMethod is not null && NotebookKernel.Context is { } cell ? new NotebookDisplay(cell) : null;

    /// <summary>Shows the bar as it is now, in the place where it was shown before.</summary>
    public void Show(ProgressBar bar)
    {
        if (_shown is null)
            _shown = DisplayMethod!.Invoke(null, [_cell, bar, Array.Empty<string>()]);
        else
            _shown.GetType().GetMethod("Update", [typeof(object)])?.Invoke(_shown, [bar]);
    }

    // Display(KernelInvocationContext, object, params string[]); there is another one, which is internal.
    private static MethodInfo? FindDisplay() => NotebookKernel.Assembly?.GetType(ExtensionsType, throwOnError: false)
        ?.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .FirstOrDefault(static method => method.Name == "Display" && method.GetParameters() is [_, var value, var mimeTypes]
            && value.ParameterType == typeof(object) && mimeTypes.ParameterType == typeof(string[]));
}
