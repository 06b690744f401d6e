using System.Runtime.InteropServices;

namespace Multiprocessing.Tests;

/// <summary>The handles of this process, on Windows.</summary>
internal static unsafe partial class WindowsHandles
{
    private const int AllHandles = 64;
    private const int TypeOfObject = 2;
    private const int LengthMismatch = unchecked((int)0xC000_0004);
    private const uint OnDisk = 1;
    private const int LongestPath = 32 * 1024;

    /// <summary>What each stands for: the path of a file or folder, or what kind of object it is.</summary>
    public static List<string> Targets()
    {
        // Of those nothing is asked: another process may be waiting for what comes through them, and whoever asks would wait with it.
        HashSet<nint> standard = [GetStandardHandle(-10), GetStandardHandle(-11), GetStandardHandle(-12)];
        List<string> targets = [];
        Entry* entries = List(out nint count);
        try
        {
            for (nint i = 0; i < count; i++)
            {
                if (entries[i].Process == Environment.ProcessId && !standard.Contains(entries[i].Handle) && TargetOf(entries[i].Handle) is { } target)
                {
                    targets.Add(target);
                }
            }
        }
        finally
        {
            NativeMemory.Free((nint*)entries - 2);
        }

        return targets;
    }

    /// <summary>The handles of all processes, behind their number.</summary>
    private static Entry* List(out nint count)
    {
        for (int room = 1 << 20; ; room *= 2)
        {
            nint* list = (nint*)NativeMemory.Alloc((nuint)room);
            int status = NtQuerySystemInformation(AllHandles, list, room, out _);
            if (status == 0)
            {
                count = *list;
                return (Entry*)(list + 2);
            }

            NativeMemory.Free(list);
            Assert.Equal(LengthMismatch, status);
        }
    }

    /// <returns>Null if it has been closed meanwhile.</returns>
    private static string? TargetOf(nint handle)
    {
        char[] text = new char[LongestPath];
        fixed (char* start = text)
        {
            // A UNICODE_STRING comes first.
            if (NtQueryObject(handle, TypeOfObject, start, sizeof(char) * LongestPath, out _) != 0)
            {
                return null;
            }

            string kind = new(*(char**)(start + 4), 0, *start / sizeof(char));
            return kind == "File" && GetFileType(handle) == OnDisk && GetFinalPathName(handle, start, LongestPath, 0) is > 4 and < LongestPath and uint length
                ? new string(start, 4, (int)length - 4)
                : kind;
        }
    }

    [LibraryImport("ntdll")]
    private static partial int NtQuerySystemInformation(int what, void* into, int room, out int needed);

    [LibraryImport("ntdll")]
    private static partial int NtQueryObject(nint handle, int what, void* into, int room, out int needed);

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(int which);

    [LibraryImport("kernel32")]
    private static partial uint GetFileType(nint handle);

    [LibraryImport("kernel32", EntryPoint = "GetFinalPathNameByHandleW")]
    private static partial uint GetFinalPathName(nint handle, char* path, uint room, uint flags);

    /// <summary>SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX.</summary>
    private readonly record struct Entry(nint Object, nint Process, nint Handle, uint Access, ushort CreatorBackTrace, ushort TypeIndex, uint Attributes, uint Reserved);
}
