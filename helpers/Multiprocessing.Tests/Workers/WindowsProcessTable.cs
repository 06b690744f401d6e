using System.Runtime.InteropServices;
using Multiprocessing.Memory;

namespace Multiprocessing.Tests.Workers;

/// <summary>The processes of Windows, and who has started them.</summary>
internal static unsafe partial class WindowsProcessTable
{
    private const uint Processes = 2;

    private const uint QueryAndRead = 0x0410;
    private const int BasicInformation = 0;
    private const int BasicInformationSize = 48;

    /// <summary>Where, in what a process of 64 bits knows of itself, its parameters are, and where in those its command line is.</summary>
    private const int ParametersAt = 0x20;
    private const int CommandAt = 0x70;

    /// <summary>
    /// The children of a process, without what the system starts beside one that has a console of its own. A process keeps the number of its parent when that has ended, and the number may be another's by now: so a
    /// child is only what has started later. (In Wine, whose services have been started by one of the first numbers, that come again at once, it is often so.)
    /// </summary>
    public static IReadOnlyList<int> ChildrenOf(int id)
    {
        ulong? start = ProcessIdentity.StartOf(id);
        List<int> children = [];
        nint table = CreateToolhelp32Snapshot(Processes, 0);
        Assert.NotEqual(-1, table);
        try
        {
            Entry entry = new() { Size = sizeof(Entry) };
            for (bool isThere = Process32FirstW(table, ref entry); isThere; isThere = Process32NextW(table, ref entry))
            {
                if (entry.Parent == id && !new string(entry.Name).Equals("conhost.exe", StringComparison.OrdinalIgnoreCase) && ProcessIdentity.StartOf(entry.Id) >= start)
                {
                    children.Add(entry.Id);
                }
            }
        }
        finally
        {
            CloseHandle(table);
        }

        return children;
    }

    /// <summary>The command by which a process was started; empty if it has ended. The system does not tell it of others, but the process has it in its memory.</summary>
    public static string CommandOf(int id)
    {
        nint process = OpenProcess(QueryAndRead, inherits: 0, id);
        if (process == 0)
        {
            return "";
        }

        try
        {
            nint* basic = stackalloc nint[BasicInformationSize / sizeof(nint)];
            nint parameters;
            Text text;
            if (NtQueryInformationProcess(process, BasicInformation, basic, BasicInformationSize, out _) != 0
                || !ReadProcessMemory(process, basic[1] + ParametersAt, &parameters, (nuint)sizeof(nint), out _)
                || !ReadProcessMemory(process, parameters + CommandAt, &text, (nuint)sizeof(Text), out _))
            {
                return "";
            }

            char[] command = new char[text.Length / sizeof(char)];
            fixed (char* start = command)
            {
                return ReadProcessMemory(process, text.Start, start, text.Length, out _) ? new string(command) : "";
            }
        }
        finally
        {
            CloseHandle(process);
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint OpenProcess(uint access, int inherits, int id);

    [LibraryImport("ntdll")]
    private static partial int NtQueryInformationProcess(nint process, int what, void* into, int room, out int length);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadProcessMemory(nint process, nint at, void* into, nuint size, out nuint read);

    [LibraryImport("kernel32")]
    private static partial nint CreateToolhelp32Snapshot(uint what, int process);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Process32FirstW(nint table, ref Entry entry);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Process32NextW(nint table, ref Entry entry);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    /// <summary>UNICODE_STRING.</summary>
    private struct Text
    {
        public ushort Length;
        public ushort Room;
        public nint Start;
    }

    /// <summary>PROCESSENTRY32W.</summary>
    private struct Entry
    {
        public int Size;
        public int Uses;
        public int Id;
        public nint Heap;
        public int Module;
        public int Threads;
        public int Parent;
        public int Priority;
        public int Flags;
        public fixed char Name[260];
    }
}
