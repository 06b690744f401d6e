using System.Reflection;

namespace Multiprocessing.Timings.Progress;

/// <summary>
/// Shows a bar among the outputs of the cell that runs. The kernel's own <c>display</c> is found by its name, so that no package is needed; it returns what can be shown anew in the
/// same place: https://github.com/dotnet/interactive/blob/main/docs/display-output-csharp.md
/// </summary>
internal sealed class NotebookDisplay : IProgressDisplay
{
    private const string KernelType = "Microsoft.DotNet.Interactive.Kernel";

    private static MethodInfo? s_display;

    private readonly MethodInfo _show;
    private object? _shown;

    private NotebookDisplay(MethodInfo show) => _show = show;

    /// <summary>The display of the kernel that this process is; null if it is none.</summary>
    public static NotebookDisplay? TryFind()
    {
        s_display ??= FindDisplay();
        return s_display is null ? null : new NotebookDisplay(s_display);
    }

    public void Show(ProgressBar bar)
    {
        if (_shown is null)
            _shown = _show.Invoke(null, [bar, Array.Empty<string>()]);
        else
            _shown.GetType().GetMethod("Update", [typeof(object)])?.Invoke(_shown, [bar]);
    }

    private static MethodInfo? FindDisplay() => AppDomain.CurrentDomain.GetAssemblies()
        .Select(static assembly => assembly.GetType(KernelType, throwOnError: false)?.GetMethod("display", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]))
        .FirstOrDefault(static method => method is not null);
}
