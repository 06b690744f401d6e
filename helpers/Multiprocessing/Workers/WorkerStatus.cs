using System.ComponentModel;
using System.Diagnostics;
using Multiprocessing.Connections;
using Multiprocessing.Serialization.Code;

namespace Multiprocessing.Workers;

/// <summary>What a worker is doing, and what it takes.</summary>
/// <param name="ProcessId">The operating system's number of the process.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cell">The number of the cell that its function is from; null if it is from none, or has nothing to do.</param>
/// <param name="Task">What a reader calls its function; null if it has nothing to do.</param>
/// <param name="Memory">The physical memory that it uses, what it shares with others included, in bytes.</param>
/// <param name="ProcessorTime">How long it has kept a processor busy.</param>
internal sealed record WorkerStatus(int ProcessId, string Name, string? Cell, string? Task, long Memory, TimeSpan ProcessorTime)
{
    /// <summary>Asks the operating system.</summary>
    /// <returns>Null if the process has ended.</returns>
    public static WorkerStatus? TryRead(WorkerConnection worker)
    {
        try
        {
            using Process process = Process.GetProcessById(worker.ProcessId);
            Delegate? function = worker.Function;
            return new WorkerStatus(
                worker.ProcessId,
                worker.Name,
                function is null ? null : GeneratedNames.CellOf(function.Method),
                function is null ? null : GeneratedNames.DescribeWithin(function.Method),
                process.WorkingSet64,
                process.TotalProcessorTime);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            return null;
        }
    }
}
