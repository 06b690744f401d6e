using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Multiprocessing.Workers.Launching.Windows;

/// <summary>Windows, as far as it takes to start a process, to talk to it, and to end it. Blittable but for handles, so that no code is generated for a call at run time.</summary>
internal static unsafe partial class Kernel32
{
    public const int BrokenPipe = 109;
    public const int IoIncomplete = 996;
    public const int IoPending = 997;

    public const uint GenericRead = 0x8000_0000;
    public const uint GenericWrite = 0x4000_0000;
    public const uint ReadAttributes = 0x80;
    public const uint ShareReadAndWrite = 3;
    public const uint OpenExisting = 3;
    public const uint Overlapped = 0x4000_0000;

    public const uint PipeInbound = 1;
    public const uint PipeDuplex = 3;
    public const uint FirstPipeInstance = 0x0008_0000;
    public const uint RejectRemoteClients = 8;

    public const uint HandleInherit = 1;
    public const uint Forever = uint.MaxValue;
    public const uint WaitFailed = uint.MaxValue;

    public const uint UnicodeEnvironment = 0x0000_0400;
    public const uint ExtendedStartupInfo = 0x0008_0000;
    public const uint NoWindow = 0x0800_0000;
    public const int UseStandardHandles = 0x0000_0100;
    public const nuint AttributeHandleList = 0x0002_0002;
    public const nuint AttributeJobList = 0x0002_000D;

    public const int JobExtendedLimits = 9;
    public const uint JobKillOnClose = 0x2000;
    public const uint JobProcessTime = 0x2;
    public const uint JobProcessMemory = 0x100;

    public const uint ControlBreak = 1;

    public const uint Utf8 = 65001;

    [LibraryImport("kernel32", EntryPoint = "CreateNamedPipeW", SetLastError = true)]
    public static partial SafeFileHandle CreateNamedPipe(
        char* name, uint openMode, uint pipeMode, uint instances, uint outBuffer, uint inBuffer, uint timeout, SecurityAttributes* security);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true)]
    public static partial SafeFileHandle CreateFile(char* name, uint access, uint share, SecurityAttributes* security, uint creation, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "PeekNamedPipe", SetLastError = true)]
    public static partial int PeekNamedPipe(SafeFileHandle pipe, void* buffer, uint size, uint* read, uint* available, uint* left);

    [LibraryImport("kernel32", EntryPoint = "ReadFile", SetLastError = true)]
    public static partial int ReadFile(SafeFileHandle file, void* buffer, uint size, uint* read, NativeOverlapped* overlapped);

    [LibraryImport("kernel32", EntryPoint = "WriteFile", SetLastError = true)]
    public static partial int WriteFile(SafeFileHandle file, void* buffer, uint size, uint* written, NativeOverlapped* overlapped);

    [LibraryImport("kernel32", EntryPoint = "GetOverlappedResult", SetLastError = true)]
    public static partial int GetOverlappedResult(SafeFileHandle file, NativeOverlapped* overlapped, uint* transferred, int wait);

    [LibraryImport("kernel32", EntryPoint = "CancelIoEx", SetLastError = true)]
    public static partial int CancelIo(SafeFileHandle file, NativeOverlapped* overlapped);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject", SetLastError = true)]
    public static partial uint WaitForSingleObject(SafeHandle handle, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "WaitForMultipleObjects", SetLastError = true)]
    public static partial uint WaitForMultipleObjects(uint count, nint* handles, int all, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "SetHandleInformation", SetLastError = true)]
    public static partial int SetHandleInformation(SafeHandle handle, uint mask, uint flags);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle", SetLastError = true)]
    public static partial int CloseHandle(nint handle);

    [LibraryImport("kernel32", EntryPoint = "InitializeProcThreadAttributeList", SetLastError = true)]
    public static partial int InitializeAttributes(void* list, uint count, uint flags, nuint* size);

    [LibraryImport("kernel32", EntryPoint = "UpdateProcThreadAttribute", SetLastError = true)]
    public static partial int UpdateAttribute(void* list, uint flags, nuint attribute, void* value, nuint size, void* previous, nuint* previousSize);

    [LibraryImport("kernel32", EntryPoint = "DeleteProcThreadAttributeList")]
    public static partial void DeleteAttributes(void* list);

    [LibraryImport("kernel32", EntryPoint = "CreateProcessW", SetLastError = true)]
    public static partial int CreateProcess(
        char* program, char* commandLine, void* processSecurity, void* threadSecurity, int inheritHandles, uint flags, char* environment, char* folder, StartupInfo* startup, ProcessInformation* process);

    [LibraryImport("kernel32", EntryPoint = "GetExitCodeProcess", SetLastError = true)]
    public static partial int GetExitCode(SafeProcessHandle process, int* code);

    [LibraryImport("kernel32", EntryPoint = "TerminateProcess", SetLastError = true)]
    public static partial int TerminateProcess(SafeProcessHandle process, int code);

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    public static partial SafeFileHandle CreateJob(void* security, char* name);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    public static partial int SetJobInformation(SafeFileHandle job, int kind, JobLimits* limits, uint size);

    [LibraryImport("kernel32", EntryPoint = "TerminateJobObject", SetLastError = true)]
    public static partial int TerminateJob(SafeFileHandle job, int code);

    [LibraryImport("kernel32", EntryPoint = "GenerateConsoleCtrlEvent", SetLastError = true)]
    public static partial int GenerateConsoleEvent(uint kind, uint group);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleCP")]
    public static partial int SetConsoleInputCodePage(uint codePage);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleOutputCP")]
    public static partial int SetConsoleOutputCodePage(uint codePage);
}
