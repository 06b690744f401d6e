using System.Globalization;

namespace Multiprocessing.Benchmarks.Starting;

/// <summary>This program's child processes, as Linux shows them.</summary>
internal static class ChildProcesses
{
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    /// <summary>How many there are, and how much processor time they have used up to now, in the system's ticks (mostly 10 ms).</summary>
    public static (int Count, long Ticks) Look()
    {
        string me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        int count = 0;
        long ticks = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            // The name, in parentheses, may hold anything.
            if (char.IsAsciiDigit(Path.GetFileName(folder)[0]) && ReadStatus(folder) is { } status && status[(status.LastIndexOf(')') + 2)..].Split(' ') is { } fields && fields[Parent] == me)
            {
                count++;
                ticks += long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
            }
        }

        return (count, ticks);
    }

    private static string? ReadStatus(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }
}
