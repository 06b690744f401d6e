using System.Diagnostics;

namespace Multiprocessing.Tests.Workers;

/// <summary>Looks at processes from outside.</summary>
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

    /// <summary>Waits until none of the processes exists.</summary>
    public static bool AllEnd(IEnumerable<int> ids, TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int[] all = [.. ids];
        while (all.Any(Exists))
        {
            if (watch.Elapsed > limit)
            {
                return false;
            }

            Thread.Sleep(10);
        }

        return true;
    }

    /// <summary>The children of a process, and theirs.</summary>
    public static IReadOnlyList<int> Descendants(int id)
    {
        string children = $"/proc/{id}/task";
        if (!Directory.Exists(children))
        {
            return [];
        }

        int[] direct = [.. Directory.GetDirectories(children)
            .SelectMany(static task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];
        return [.. direct, .. direct.SelectMany(Descendants)];
    }

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
