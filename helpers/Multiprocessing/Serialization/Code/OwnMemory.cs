using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Serialization.Code;

/// <summary>
/// Reads this process's memory through the operating system, which answers with an error where no memory is (or no longer is: another thread may give it back
/// at any time). A plain read there ends the process. Not thread-safe.
/// </summary>
internal sealed unsafe partial class OwnMemory(SafeFileHandle? file, uint task) : IDisposable
{
    /// <summary>The smallest unit of memory that is there or not; on every platform a page is one of these or several.</summary>
    public const int PageSize = 4096;

    /// <summary>Gets ready to read; null where the system does not let a process read its own memory.</summary>
    public static OwnMemory? TryOpen()
    {
        if (OperatingSystem.IsWindows())
        {
            return new OwnMemory(null, 0);
        }

        if (OperatingSystem.IsMacOS())
        {
            // What mach_task_self() returns: a variable of the library.
            return new OwnMemory(null, *(uint*)NativeLibrary.GetExport(NativeLibrary.Load("libSystem.dylib"), "mach_task_self_"));
        }

        try
        {
            return new OwnMemory(File.OpenHandle("/proc/self/mem"), 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Copies what is at an address.</summary>
    /// <returns>False unless all of it is there.</returns>
    public bool TryRead(byte* address, Span<byte> into)
    {
        fixed (byte* to = into)
        {
            return file is not null ? TryReadFile(file, (long)address, into)
                : OperatingSystem.IsWindows() ? ReadProcessMemory(CurrentProcess, address, to, (nuint)into.Length, out nuint read) && read == (nuint)into.Length
                : CopyMemory(task, (ulong)address, (ulong)into.Length, (ulong)to, out ulong copied) == 0 && copied == (ulong)into.Length;
        }
    }

    public void Dispose() => file?.Dispose();

    private static bool TryReadFile(SafeFileHandle file, long address, Span<byte> into)
    {
        try
        {
            for (int done = 0, count; done < into.Length; done += count)
            {
                count = RandomAccess.Read(file, into[done..], address + done);
                if (count == 0)
                {
                    return false;
                }
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>What GetCurrentProcess returns.</summary>
    private const nint CurrentProcess = -1;

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadProcessMemory(nint process, byte* address, byte* into, nuint size, out nuint read);

    [LibraryImport("libSystem.dylib", EntryPoint = "mach_vm_read_overwrite")]
    private static partial int CopyMemory(uint task, ulong address, ulong size, ulong into, out ulong copied);
}
