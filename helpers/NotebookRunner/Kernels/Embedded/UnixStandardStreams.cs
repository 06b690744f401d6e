using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NotebookRunner.Kernels.Embedded;

/// <summary>Replaces file descriptors 0 and 1.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixStandardStreams
{
    private const int Interrupted = 4;

    // ioctl(fd, FIOCLEX) closes a descriptor in children. It needs no third argument, unlike fcntl, whose variable
    // arguments P/Invoke cannot pass on Apple's ARM processors.
    private static nuint Fioclex => OperatingSystem.IsLinux() ? 0x5451u : 0x20006601u;

    /// <summary>Makes standard input empty, and standard output a copy of <paramref name="output"/>.</summary>
    /// <returns>What the two were before, hidden from child processes.</returns>
    public static (Stream Input, Stream Output) Replace(SafeHandle output)
    {
        var streams = (Hide(0, FileAccess.Read), Hide(1, FileAccess.Write));
        using var empty = File.OpenHandle("/dev/null");
        Check(Duplicate2(empty, 0));
        Check(Duplicate2(output, 1));
        return streams;
    }

    /// <summary>Flushes every output stream of the C library.</summary>
    public static void Flush() => _ = FlushAll(0);

    /// <summary>Writes to standard error. Not by the stream that Console has for it, which takes the lock of Console.Out.</summary>
    /// <returns>False if nobody reads it.</returns>
    public static bool WriteError(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint written = WriteTo(2, bytes, (nuint)bytes.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                return false;
            bytes = bytes[(int)Math.Max(written, 0)..];
        }

        return true;
    }

    private static FileStream Hide(int descriptor, FileAccess access)
    {
        int copy = Check(Duplicate(descriptor));
        Check(Control(copy, Fioclex));
        return new FileStream(new SafeFileHandle(copy, ownsHandle: true), access, bufferSize: 1 << 16);
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException("cannot take over the standard streams: " + Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate2(SafeHandle descriptor, int target);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "fflush")]
    private static partial int FlushAll(nint stream);
}
