using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multiprocessing.Tests;

/// <summary>What the threads of this process are called.</summary>
internal static partial class ThreadNames
{
    private const uint QueryThread = 0x0800;

    /// <summary>The name of each; empty for one that has ended meanwhile, or that has none.</summary>
    public static IEnumerable<string> OfThisProcess()
    {
        if (!OperatingSystem.IsWindows())
        {
            return Directory.GetDirectories("/proc/self/task").Select(NameOf);
        }

        using Process process = Process.GetCurrentProcess();
        return [.. process.Threads.Cast<ProcessThread>().Select(static thread => NameOf(thread.Id))];
    }

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static string NameOf(int id)
    {
        nint thread = OpenThread(QueryThread, inherits: 0, id);
        if (thread == 0)
        {
            return "";
        }

        try
        {
            return GetThreadDescription(thread, out nint name) >= 0 ? Marshal.PtrToStringUni(name) ?? "" : "";
        }
        finally
        {
            // The name itself is left: a few bytes of a test.
            _ = CloseHandle(thread);
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint OpenThread(uint access, int inherits, int id);

    [LibraryImport("kernel32")]
    private static partial int GetThreadDescription(nint thread, out nint name);

    [LibraryImport("kernel32")]
    private static partial int CloseHandle(nint handle);
}
