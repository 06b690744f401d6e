using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Windows;

/// <summary>Windows, as far as shared memory needs it. Blittable only, so that no code is generated for a call at run time.</summary>
internal static unsafe partial class Kernel32
{
    public const uint Synchronize = 0x0010_0000;
    public const uint SetEvents = 0x0002;
    public const uint QueryProcess = 0x1000;
    public const uint QueryThread = 0x0800;
    public const uint Signaled = 0;
    public const uint StillRunning = 259;
    public const uint Delete = 0x0001_0000;
    public const uint ShareAll = 0x7;
    public const uint OpenExisting = 3;
    public const uint DeleteOnClose = 0x0400_0000;
    public const uint AlsoFolders = 0x0200_0000;
    public const uint LockWithoutWaiting = 0x1;
    public const uint LockAlone = 0x2;
    public const int AccessDenied = 5;
    public const int FileExists = 80;
    public const int AlreadyExists = 183;

    [LibraryImport("kernel32", EntryPoint = "CreateEventW", SetLastError = true)]
    public static partial nint CreateEvent(void* security, int isManual, int isSet, char* name);

    [LibraryImport("kernel32", EntryPoint = "OpenEventW")]
    public static partial nint OpenEvent(uint access, int isInherited, char* name);

    [LibraryImport("kernel32", EntryPoint = "SetEvent")]
    public static partial int SetEvent(nint handle);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    public static partial uint Wait(nint handle, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle")]
    public static partial int Close(nint handle);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW")]
    public static partial nint CreateFile(char* path, uint access, uint share, void* security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "LockFileEx")]
    public static partial int LockFile(nint file, uint flags, uint reserved, uint lengthLow, uint lengthHigh, NativeOverlapped* at);

    [LibraryImport("kernel32", EntryPoint = "UnlockFileEx")]
    public static partial int UnlockFile(nint file, uint reserved, uint lengthLow, uint lengthHigh, NativeOverlapped* at);

    [LibraryImport("kernel32", EntryPoint = "GetCurrentThreadId")]
    public static partial uint CurrentThread();

    [LibraryImport("kernel32", EntryPoint = "OpenThread")]
    public static partial nint OpenThread(uint access, int isInherited, uint id);

    [LibraryImport("kernel32", EntryPoint = "GetThreadTimes")]
    public static partial int ThreadTimes(nint handle, ulong* start, ulong* end, ulong* kernel, ulong* user);

    [LibraryImport("kernel32", EntryPoint = "OpenProcess", SetLastError = true)]
    public static partial nint OpenProcess(uint access, int isInherited, uint id);

    [LibraryImport("kernel32", EntryPoint = "GetProcessTimes")]
    public static partial int ProcessTimes(nint handle, ulong* start, ulong* end, ulong* kernel, ulong* user);

    [LibraryImport("kernel32", EntryPoint = "GetExitCodeProcess")]
    public static partial int ExitCode(nint handle, uint* code);
}
