using System.ComponentModel;
using System.Diagnostics;
using Multiprocessing.Workers.Launching;

namespace Multiprocessing.Workers;

/// <summary>When and where a worker runs, among all that the system has to run.</summary>
/// <param name="priority">The priority; null for what it has.</param>
/// <param name="processors">The processors; null for those that it has.</param>
internal sealed class ProcessScheduling(ProcessPriorityClass? priority, int[]? processors)
{
    /// <summary>Tells the system so, for all threads that a process has and will have.</summary>
    /// <exception cref="Win32Exception">The system does not allow it.</exception>
    public void Apply(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                ThreadScheduling.Apply(processId, priority, processors);
                return;
            }

            using Process process = Process.GetProcessById(processId);
            if (priority is { } wanted)
            {
                process.PriorityClass = wanted;
            }

            if (processors is not null && OperatingSystem.IsWindows())
            {
                process.ProcessorAffinity = ProcessorSet.MaskOf(processors);
            }
        }
        catch (Win32Exception e)
        {
            string what = priority is { } wanted ? $"with the priority {wanted}" : "";
            string where = processors is null ? "" : $"on processors {string.Join(", ", processors)}";
            throw new Win32Exception(e.NativeErrorCode, $"The system does not let a worker run {what}{(what.Length > 0 && where.Length > 0 ? " " : "")}{where}: {new Win32Exception(e.NativeErrorCode).Message}.");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended; whoever uses it finds out.
        }
    }
}
