using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Multiprocessing.Memory.Posix;

namespace Multiprocessing.Serialization.Assemblies;

/// <summary>Finds a native library by having this process load it, and asking the system where it has come from. Thread-safe.</summary>
internal static unsafe class NativeSearch
{
    /// <summary>The library's path; null if it cannot be loaded or the system does not say where it is.</summary>
    public static string? Find(string name, Assembly? requester) =>
        requester is not null && NativeLibrary.TryLoad(name, requester, searchPath: null, out nint library) && PathOf(library) is { } path ? path : FindLoaded(name);

    /// <summary>The names a library may have in the file system, the likeliest first.</summary>
    public static IEnumerable<string> FileNames(string name)
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        yield return $"lib{name}{extension}";
        yield return name + extension;
        yield return name;
        yield return $"lib{name}";
    }

    /// <summary>A library that other code has loaded already, from a path that only it knew.</summary>
    private static string? FindLoaded(string name)
    {
        HashSet<string> wanted = [.. FileNames(name)];
        return Modules().Select(static module => module.FileName).FirstOrDefault(path => wanted.Contains(Path.GetFileName(path)));
    }

    private static string? PathOf(nint library) => OperatingSystem.IsLinux()
        ? PathInLinkMap(library)
        : Modules().FirstOrDefault(module => module.BaseAddress == library)?.FileName;

    private static string? PathInLinkMap(nint library)
    {
        try
        {
            // struct link_map: the address, then the path.
            nint* map;
            return Libc.LibraryInfo(library, Libc.LinkMap, &map) == 0 && Marshal.PtrToStringUTF8(map[1]) is { Length: > 0 } path ? Path.GetFullPath(path) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library (before glibc 2.34) has it elsewhere.
            return null;
        }
    }

    private static IEnumerable<ProcessModule> Modules()
    {
        using Process own = Process.GetCurrentProcess();
        return [.. own.Modules.Cast<ProcessModule>()];
    }
}
