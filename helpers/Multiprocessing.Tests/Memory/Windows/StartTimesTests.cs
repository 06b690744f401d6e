using System.Diagnostics;
using Multiprocessing.Memory;
using Multiprocessing.Memory.Windows;

namespace Multiprocessing.Tests.Memory.Windows;

public class StartTimesTests
{
    [WindowsFact]
    public void A_process_that_has_ended_is_none_although_somebody_has_a_handle_of_it()
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--list-runtimes"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        long token = ProcessToken.Of(process.Id);
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.NotEqual(0, process.SafeHandle.DangerousGetHandle());
        Assert.Null(StartTimes.OfProcess(process.Id));
        Assert.False(ProcessToken.IsAlive(token));
    }

    [WindowsFact]
    public void This_process_started_when_the_system_says()
    {
        using Process own = Process.GetCurrentProcess();

        Assert.Equal((ulong)own.StartTime.ToFileTimeUtc(), StartTimes.OfProcess(own.Id));
    }

    [WindowsFact]
    public void No_process_has_no_start()
    {
        // The numbers of Windows are multiples of four.
        Assert.Null(StartTimes.OfProcess(int.MaxValue));
        Assert.Null(StartTimes.OfThread(int.MaxValue));
    }
}
