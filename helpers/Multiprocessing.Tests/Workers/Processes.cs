using System.Diagnostics;
using Multiprocessing.Memory;
using Multiprocessing.Tests.Pools;

namespace Multiprocessing.Tests.Workers;

/// <summary>Looks at processes from outside, and ends them.</summary>
internal static class Processes
{
    public static bool Exists(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited && !IsZombie(id);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Kills a process, as somebody else might.</summary>
    /// <returns>False if it has ended.</returns>
    public static bool Kill(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of the processes exists.</summary>
    /// <returns>Whether that is so, in good time: those that are meant would go on for ever.</returns>
    public static bool AllEnd(IEnumerable<int> ids)
    {
        // Numbers come again, in Wine at once: one that has started later is another.
        (int Id, ulong? Start)[] all = [.. ids.Select(static id => (id, ProcessIdentity.StartOf(id)))];
        return Rendezvous.Await(() => !Array.Exists(all, static process => Exists(process.Id) && ProcessIdentity.StartOf(process.Id) == process.Start));
    }

    /// <summary>The children of a process, and theirs.</summary>
    public static IReadOnlyList<int> Descendants(int id)
    {
        if (OperatingSystem.IsWindows())
        {
            IReadOnlyList<int> children = WindowsProcessTable.ChildrenOf(id);
            return [.. children, .. children.SelectMany(Descendants)];
        }

        try
        {
            int[] direct = [.. Directory.GetDirectories($"/proc/{id}/task")
                .SelectMany(static task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse)];
            return [.. direct, .. direct.SelectMany(Descendants)];
        }
        catch (DirectoryNotFoundException)
        {
            // It has ended, if only just now.
            return [];
        }
    }

    /// <summary>Those that this process has started, directly or not, and that were told something like that when they were.</summary>
    public static IReadOnlyList<int> WithArgument(string part) =>
        [.. Descendants(Environment.ProcessId).Where(id => CommandOf(id).Contains(part, StringComparison.Ordinal))];

    /// <summary>The command by which a process was started; empty if it has ended.</summary>
    public static string CommandOf(int id) => OperatingSystem.IsWindows() ? WindowsProcessTable.CommandOf(id) : Read($"/proc/{id}/cmdline").Replace('\0', ' ');

    private static bool IsZombie(int id)
    {
        string status = Read($"/proc/{id}/stat");
        return status.Length > 0 && status[(status.LastIndexOf(')') + 2)..].StartsWith('Z');
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
