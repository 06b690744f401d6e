using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>The console of this process, which has no window: those that it starts share it.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const uint Utf8 = 65001;

    /// <summary>
    /// Has what goes by pipes be UTF-8 from whoever asks the console for its code page, in place of the system's own: what the runtime says when it dies, and what native programs and .NET's print.
    /// </summary>
    public static void UseUtf8()
    {
        _ = SetOutputCodePage(Utf8);
        _ = SetInputCodePage(Utf8);
    }

    [LibraryImport("kernel32.dll", EntryPoint = "SetConsoleOutputCP")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetOutputCodePage(uint codePage);

    [LibraryImport("kernel32.dll", EntryPoint = "SetConsoleCP")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInputCodePage(uint codePage);
}
