using System.Runtime.InteropServices;

namespace Multiprocessing.Memory.Posix;

/// <summary>
/// The C library, as far as the worker's side and the parent's need it (POSIX.1-2024; the numbers are Linux's). Blittable only, so that no code is
/// generated for a call at run time.
/// </summary>
internal static unsafe partial class Libc
{
    /// <summary>The error of <see cref="Link"/> if there is a file of that name.</summary>
    public const int Exists = 17;

    public const int AfUnix = 1;
    public const int SockStream = 1;
    public const int CloseOnExecSocket = 0x80000;
    public const int CloseOnExec = 0x80000;
    public const int SetDescriptorFlags = 2;
    public const int DescriptorCloseOnExec = 1;
    public const int DuplicateCloseOnExec = 1030;
    public const nuint BytesToRead = 0x541B;
    public const int ReadOnly = 0;
    public const int NoHang = 1;
    public const int ProcessNumber = 1;
    public const int Exited = 4;
    public const int LeaveStatus = 0x1000000;
    public const int SignalInfoSize = 128;
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int LimitProcessorTime = 0;
    public const int LimitData = 2;
    public const int Interrupted = 4;
    public const int NoSuchProcess = 3;
    public const int PriorityOfProcess = 0;
    public const int TimedOut = 110;
    public const int ReadWritePages = 3;
    public const int HugePages = 14;
    public const int LinkMap = 2;
    public const int LockShared = 1;
    public const int LockAlone = 2;
    public const int LockWithoutWaiting = 4;
    public const int CurrentFolder = -100;
    public const int NoFollow = 0x100;
    public const uint StatOwner = 0x08;
    public const uint StatKindAndMode = 0x03;
    public const short SpawnSetProcessGroup = 0x02;
    public const short SpawnSetSignalDefault = 0x04;
    public const short SpawnSetSignalMask = 0x08;

    /// <summary>MAP_PRIVATE, MAP_FIXED, MAP_ANONYMOUS and MAP_NORESERVE, of which macOS has other numbers for the last two.</summary>
    public static readonly int BlankPages = OperatingSystem.IsMacOS() ? 0x1052 : 0x4032;

    [LibraryImport("libc", EntryPoint = "socketpair")]
    public static partial int SocketPair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport("libc", EntryPoint = "pipe2")]
    public static partial int Pipe2(int* descriptors, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    public static partial int Control(int descriptor, nuint request, int* argument);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    /// <summary>Linux only.</summary>
    [LibraryImport("libc", EntryPoint = "prlimit")]
    public static partial int LimitProcess(int process, int resource, ResourceLimit* wanted, ResourceLimit* last);

    [LibraryImport("libc", EntryPoint = "getpgid")]
    public static partial int ProcessGroup(int process);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    public static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    public static partial int SetPriority(int kind, uint process, int niceness);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    public static partial int SetAffinity(int process, nuint size, ulong* processors);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    public static partial int WaitPid(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "waitid")]
    public static partial int WaitId(int kind, int process, byte* signalInfo, int options);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int PosixSpawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int FileActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int FileActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int FileActionsAddDup2(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int FileActionsAddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int FileActionsAddCloseFrom(void* actions, int from);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int AttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesSetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    public static partial int AttributesSetProcessGroup(void* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSetSignalDefault(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int SignalsNone(void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int SignalsAll(void* signals);

    // Variadic in C. With integers and pointers alone, Linux passes those like any others on every processor that .NET runs on.
    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, int* word, nint operation, nint value, TimeSpec* limit, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third, TimeSpec* limit, nint clock);

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint MapMemory(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int AdviseMemory(void* start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "dlinfo")]
    public static partial int LibraryInfo(nint library, int request, nint** information);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "flock")]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "link")]
    public static partial int Link(byte* from, byte* to);

    [LibraryImport("libc", EntryPoint = "statx")]
    public static partial int StatX(int folder, byte* path, int flags, uint wanted, void* result);
}

/// <summary><c>struct timespec</c> of 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary><c>struct rlimit</c> of 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public const short Readable = 1;

    public int Descriptor;
    public short Events;
    public short Returned;
}
