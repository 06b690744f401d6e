using System.Diagnostics;

namespace NotebookRunner.Tests.Programs;

/// <summary>Looks at processes from outside.</summary>
internal static class ProcessState
{
    internal static bool HasEnded(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            // What is dead and was not asked for by its new parent, in a container without an init process, still has an entry.
            string stat = $"/proc/{processId}/stat";
            return process.HasExited || (File.Exists(stat) && File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            // It has ended, if only just now.
            return true;
        }
    }
}
