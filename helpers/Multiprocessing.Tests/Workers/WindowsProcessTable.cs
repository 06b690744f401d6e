using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Workers;

/// <summary>The processes of Windows, and who has started them.</summary>
internal static unsafe partial class WindowsProcessTable
{
    private const uint Processes = 2;

    /// <summary>The children of a process, without what the system starts beside one that has a console of its own. The number of a parent that has ended may be another's by now.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id)
    {
        List<int> children = [];
        nint table = CreateToolhelp32Snapshot(Processes, 0);
        Assert.NotEqual(-1, table);
        try
        {
            Entry entry = new() { Size = sizeof(Entry) };
            for (bool isThere = Process32FirstW(table, ref entry); isThere; isThere = Process32NextW(table, ref entry))
            {
                if (entry.Parent == id && !new string(entry.Name).Equals("conhost.exe", StringComparison.OrdinalIgnoreCase))
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
