using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Multiprocessing.Memory.Posix;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Memory;

/// <summary>
/// A lock of an open file, which many can share, or one has alone, until that opening of the file is closed: by the process, or by the system when the process ends, in whichever way. It says nothing about what may be
/// read or written, nor whether the file is mapped. On Unix .NET shares it with every opening of a file, and opens none that somebody has alone. Thread-safe and process-safe.
/// </summary>
internal static unsafe class FileLock
{
    /// <summary>The last one that a file could have. Of this type the offset is used alone.</summary>
    [SupportedOSPlatform("windows")]
    private static NativeOverlapped LastByte => new() { OffsetLow = -2, OffsetHigh = int.MaxValue };

    /// <summary>Shares it.</summary>
    /// <returns>False if somebody has it alone.</returns>
    public static bool TryShare(SafeFileHandle file) =>
        OperatingSystem.IsWindows() ? TryLockByte(file, 0) : TryLock(file, Libc.LockShared);

    /// <summary>Takes it alone. Whoever has shared it does so no more, whether this succeeds or not.</summary>
    /// <returns>False if somebody else has it.</returns>
    public static bool TryTake(SafeFileHandle file) =>
        OperatingSystem.IsWindows() ? TryLockByte(file, Kernel32.LockAlone) : TryLock(file, Libc.LockAlone);

    /// <summary>Closes the file, with whose closing the lock is given up: at once, though Windows, which does that by itself as well, promises no more than to do it some time.</summary>
    public static void Close(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows() && !file.IsClosed)
        {
            Unlock(file.DangerousGetHandle());
        }

        file.Dispose();
    }

    private static bool TryLock(SafeFileHandle file, int operation) => Libc.Lock((int)file.DangerousGetHandle(), operation | Libc.LockWithoutWaiting) == 0;

    /// <summary>
    /// Windows has no lock of a whole file but how it is opened, and there whoever has the file mapped, even if only for the collector, counts as one that writes to it. But it locks bytes, also one that no file
    /// has, which nobody reads or writes.
    /// </summary>
    [SupportedOSPlatform("windows")]
    private static bool TryLockByte(SafeFileHandle file, uint flags)
    {
        nint handle = file.DangerousGetHandle();
        NativeOverlapped at = LastByte;

        // Its own would stand in the way of one alone.
        Unlock(handle);
        return Kernel32.LockFile(handle, flags | Kernel32.LockWithoutWaiting, 0, 1, 0, &at) != 0;
    }

    [SupportedOSPlatform("windows")]
    private static void Unlock(nint handle)
    {
        NativeOverlapped at = LastByte;
        _ = Kernel32.UnlockFile(handle, 0, 1, 0, &at);
    }
}
