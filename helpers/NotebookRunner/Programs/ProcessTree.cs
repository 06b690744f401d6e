using System.ComponentModel;
using System.Diagnostics;

namespace NotebookRunner.Programs;

/// <summary>A process, and what it has started.</summary>
internal static class ProcessTree
{
    /// <summary>Ends them; those that have ended meanwhile are no error.</summary>
    internal static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        catch (Exception exception) when (exception is AggregateException or Win32Exception or ArgumentOutOfRangeException)
        {
            // What cannot be told is which of them are its children: one has ended just now, or has no start time any more, as under Wine. It is ended itself nevertheless.
            KillAlone(process);
        }
    }

    private static void KillAlone(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
