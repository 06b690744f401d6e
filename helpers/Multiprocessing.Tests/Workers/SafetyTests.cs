using System.Net.NetworkInformation;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

public class SafetyTests
{
    [LinuxFact]
    public async Task A_worker_inherits_no_file_that_its_parent_has_open()
    {
        string path = Path.GetTempFileName();
        await using FileStream open = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        // As native code may leave it: to be inherited.
        Assert.Equal(0, Multiprocessing.Memory.Posix.Libc.Fcntl((int)open.SafeFileHandle.DangerousGetHandle(), Multiprocessing.Memory.Posix.Libc.SetDescriptorFlags, 0));

        // Started from here on: no worker is in its stock yet.
        using TestHost test = new();
        string[] inWorker = await test.RunAsync(() => Array.ConvertAll(
            Directory.GetFiles("/proc/self/fd"), static file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName ?? ""));

        Assert.NotEmpty(inWorker);
        Assert.DoesNotContain(path, inWorker);
        File.Delete(path);
    }

    [Fact]
    public async Task Workers_open_no_network_port()
    {
        using WorkerProcess worker = new(() => Thread.Sleep(Timeout.Infinite));
        int[] before = Ports();
        worker.Start();
        await Task.Delay(300);

        Assert.Empty(Ports().Except(before));

        static int[] Ports() => [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(static listener => listener.Port)];
    }
}
