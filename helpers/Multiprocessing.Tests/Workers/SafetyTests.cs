using System.Net.NetworkInformation;
using Multiprocessing.Tests.Hosting;

namespace Multiprocessing.Tests.Workers;

public class SafetyTests
{
    [LinuxFact("descriptors are of Unix; for handles see WindowsLauncherTests")]
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
        using SharedValue<bool> begun = new();
        using WorkerProcess worker = new(() =>
        {
            begun.Value = true;
            Thread.Sleep(Timeout.Infinite);
        });
        int[] before = Ports();
        worker.Start();
        while (!begun.Value)
        {
            await Task.Delay(5);
        }

        // Where the system tells whose they are: others may open some meanwhile.
        Assert.Empty(OperatingSystem.IsLinux() ? ListeningSockets(worker.Id) : Ports().Except(before).Select(static port => $"{port}"));

        static int[] Ports() => [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(static listener => listener.Port)];
    }

    private static string[] ListeningSockets(int process)
    {
        const int state = 3, inode = 9;
        IEnumerable<string> listening = ((string[])["tcp", "tcp6"]).Select(name => $"/proc/{process}/net/{name}").Where(File.Exists)
            .SelectMany(static table => File.ReadLines(table).Skip(1))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static socket => socket[state] == "0A")
            .Select(static socket => $"socket:[{socket[inode]}]");
        return [.. listening.Intersect(Directory.GetFiles($"/proc/{process}/fd").Select(static descriptor => new FileInfo(descriptor).LinkTarget ?? ""))];
    }
}
