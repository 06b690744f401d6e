using System.Runtime.InteropServices;

namespace Multiprocessing.Tests.Memory;

/// <summary>What there is in the memory of this process, on Windows.</summary>
internal static unsafe partial class WindowsMemoryMap
{
    private const uint Mapped = 0x4_0000;
    private const nint CurrentProcess = -1;
    private const int LongestPath = 32 * 1024;

    /// <summary>The files that are mapped, but for those with code.</summary>
    public static List<MappedRange> Files()
    {
        List<MappedRange> files = [];
        char[] text = new char[LongestPath];
        for (nint at = 0; VirtualQuery(at, out Region region, (nuint)sizeof(Region)) != 0; at = region.Start + region.Length)
        {
            if (files is [.., { } last] && region.Allocation == last.Start)
            {
                // The same mapping goes on, with other rights.
                files[^1] = last with { Length = region.Start + region.Length - last.Start };
            }
            else if (region.Kind == Mapped)
            {
                fixed (char* path = text)
                {
                    files.Add(new MappedRange(new string(path, 0, (int)GetMappedFileName(CurrentProcess, region.Start, path, LongestPath)), region.Start, region.Length));
                }
            }
        }

        // Other memory that processes can share is mapped as well, and in no file.
        files.RemoveAll(static file => file.Path.Length == 0);
        return files;
    }

    [LibraryImport("kernel32")]
    private static partial nuint VirtualQuery(nint at, out Region region, nuint size);

    [LibraryImport("kernel32", EntryPoint = "K32GetMappedFileNameW")]
    private static partial uint GetMappedFileName(nint process, nint at, char* path, uint room);

    /// <summary>MEMORY_BASIC_INFORMATION.</summary>
    private struct Region
    {
        public nint Start;
        public nint Allocation;
        public uint AllocationProtection;
        public uint Partition;
        public nint Length;
        public uint State;
        public uint Protection;
        public uint Kind;
    }
}
