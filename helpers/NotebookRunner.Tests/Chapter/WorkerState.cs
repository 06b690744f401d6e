using System.Diagnostics;

namespace NotebookRunner.Tests.Chapter;

/// <summary>Looks at the workers of a kernel from outside.</summary>
internal static class WorkerState
{
    internal static bool HasEnded(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
