using System.Runtime.InteropServices;

namespace Testing;

/// <summary>Wine, which runs programs for Windows on other systems.</summary>
internal static class Wine
{
    /// <summary>Whether this process runs in it.</summary>
    public static bool IsRunning { get; } =
        OperatingSystem.IsWindows() && NativeLibrary.TryLoad("ntdll.dll", out nint system) && NativeLibrary.TryGetExport(system, "wine_get_version", out _);
}
