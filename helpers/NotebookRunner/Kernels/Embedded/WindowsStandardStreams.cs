using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Replaces the standard handles. Native code that has stored the old ones keeps them, as the C runtime does.</summary>
internal static partial class WindowsStandardStreams
{
    private const int StandardInput = -10;
    private const int StandardOutput = -11;
    private const uint Inherit = 1;

    // As on Unix. The stream that Console has takes every write to the system by itself, and a line in Korean is a write a word: its reader would be woken for each.
    private const int BufferSize = 1 << 16;

    // Held for good: the process's standard input is its handle.
    private static SafeFileHandle? _empty;

    /// <summary>Makes standard input empty, and standard output <paramref name="output"/>.</summary>
    /// <returns>What the two were before, hidden from child processes.</returns>
    public static (Stream Input, Stream Output) Replace(SafeHandle output)
    {
        // These hold on to the handles that are the standard ones now.
        var streams = (Console.OpenStandardInput(), new BufferedStream(Console.OpenStandardOutput(), BufferSize));
        _ = SetHandleInformation(GetStandardHandle(StandardInput), Inherit, 0);
        _ = SetHandleInformation(GetStandardHandle(StandardOutput), Inherit, 0);
        _empty = File.OpenHandle("NUL", share: FileShare.ReadWrite | FileShare.Inheritable);
        if (!SetStandardHandle(StandardInput, _empty) || !SetStandardHandle(StandardOutput, output))
            throw new IOException("cannot take over the standard streams: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        return streams;
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(int standardHandle);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetHandleInformation(nint handle, uint mask, uint flags);

    [LibraryImport("kernel32.dll", EntryPoint = "SetStdHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetStandardHandle(int standardHandle, SafeHandle handle);
}
