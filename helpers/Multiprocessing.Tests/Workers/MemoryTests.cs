using System.Globalization;

namespace Multiprocessing.Tests.Workers;

public class MemoryTests
{
    [LinuxFact("Linux tells which memory is a process's own; how much .NET takes elsewhere, nobody has measured")]
    public async Task A_worker_that_does_nothing_takes_less_than_12_megabytes_of_its_own()
    {
        using SharedValue<bool> begun = new();
        using WorkerProcess worker = new(() =>
        {
            begun.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        worker.Start();
        while (!begun.Value)
        {
            await Task.Delay(5);
        }

        int kilobytes = File.ReadLines($"/proc/{worker.Id}/smaps_rollup")
            .Where(static line => line.StartsWith("Private_Clean:", StringComparison.Ordinal) || line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
            .Sum(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        Assert.InRange(kilobytes, 1, 12 * 1024);
    }
}
