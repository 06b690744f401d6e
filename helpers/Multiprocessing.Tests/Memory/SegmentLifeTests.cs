using System.Runtime.CompilerServices;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

public class SegmentLifeTests() : FileLifeContract("share")
{
    [Fact(WineGap = WineGaps.Access)]
    public void Files_are_this_user_s_alone()
    {
        using SharedArray<int> shared = new(1);
        OwnAccess.AssertOfFile(NameOf(shared));
    }

    [Fact]
    public void Folders_are_this_user_s_alone()
    {
        using SharedArray<int> shared = new(1);
        OwnAccess.AssertOfFolder(Path.GetDirectoryName(NameOf(shared))!);
    }

    [LinuxFact("only Linux has a folder in memory for every user")]
    public void Files_are_in_memory()
    {
        using SharedArray<int> shared = new(1);
        Assert.StartsWith("/dev/shm/", NameOf(shared), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_goes_with_dispose_and_who_has_the_memory_keeps_it()
    {
        SharedArray<int> shared = new(1);
        string file = NameOf(shared);
        using SharedValue<int> step = new();
        Task<int> worker = WorkerProcess.RunAsync(() =>
        {
            step.Value = 1;
            SpinWait.SpinUntil(() => step.Value == 2);
            return ++shared[0];
        });
        while (step.Value == 0)
        {
            await Task.Delay(1);
        }

        shared.Dispose();
        Assert.False(File.Exists(file));
        step.Value = 2;
        Assert.Equal(1, await worker);
    }

    /// <summary>Windows deletes no file that is mapped.</summary>
    [WindowsFact]
    public void On_Windows_the_name_goes_with_dispose_and_the_file_when_nobody_maps_it()
    {
        string file = NameOfDisposed();
        string folder = Path.GetDirectoryName(file)!;
        Assert.False(File.Exists(file));
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(SpinWait.SpinUntil(() => !Directory.EnumerateFiles(folder).Any(static path => new FileInfo(path) is { Exists: true, Length: > 40_000_000 and < 40_001_000 }), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task What_a_function_was_sent_is_there_although_nobody_else_refers_to_it()
    {
        Task<int> sum = StartOverForgotten();
        for (int i = 0; i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(5);
        }

        Assert.Equal(6, await sum);
    }

    [Fact]
    public async Task What_a_killed_worker_and_its_own_workers_made_goes_with_it()
    {
        using MisbehavingProgram program = MisbehavingProgram.Start("share kill");
        await program.Process.StandardOutput.ReadLineAsync();
        int id = program.Process.Id;
        Assert.Equal(4, SegmentFiles.ObjectsOf(id));

        await program.Process.StandardInput.WriteLineAsync();
        Assert.Equal("killed", await program.Process.StandardOutput.ReadLineAsync());

        Assert.Equal(2, SegmentFiles.ObjectsOf(id));
    }

    [Fact]
    public async Task What_a_worker_made_and_another_one_has_goes_with_the_last_of_them()
    {
        using TestHost test = new();
        using ProcessQueue<SharedArray<int>> queue = new(null, test.Host);
        using SharedValue<int> received = new(0, test.Host);
        using WorkerProcess maker = new(test.Host, () =>
        {
            SharedArray<int> made = new(1000);
            queue.Enqueue(made);
            Thread.Sleep(Timeout.Infinite);
            made.Dispose();
        });
        using WorkerProcess user = new(test.Host, () =>
        {
            SharedArray<int> used = queue.Dequeue();
            received.Value = used.Length;
            Thread.Sleep(Timeout.Infinite);
            used.Dispose();
        });
        maker.Start();
        user.Start();
        while (received.Value == 0)
        {
            await Task.Delay(1);
        }

        string folder = Path.Combine(SegmentFiles.Place, test.Host.Memory.Folder.Name, $"w{maker.Id}");
        Assert.NotEmpty(Directory.GetFiles(folder));
        maker.Kill();
        maker.Dispose();
        user.Kill();
        user.Dispose();

        Assert.False(Directory.Exists(folder));
    }

    private protected override List<object> UseMany(WorkerHost host, ISet<string> files)
    {
        List<object> arrays = [];
        for (int i = 0; i < 1000; i++)
        {
            using SharedArray<int> shared = new(1000, host);
            shared[0] = i;
            arrays.Add(shared);
            files.Add(NameOf(shared));
        }

        return arrays;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override void Forget(WorkerHost host, ISet<string> files) => files.Add(NameOf(new SharedArray<int>(1000, host)));

    protected override Action Making(SharedValue<bool> made) => () =>
    {
        SharedArray<int> own = new(1000);
        made.Value = true;
        Thread.Sleep(Timeout.Infinite);
        own.Dispose();
    };

    protected override void AssertMade(int program, string? said) => Assert.Equal(4, SegmentFiles.ObjectsOf(program));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string NameOfDisposed()
    {
        using SharedArray<int> shared = new(10_000_000);
        return NameOf(shared);
    }

    private static string NameOf(ISharedObject shared) => shared.Segment!.Ship();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> StartOverForgotten()
    {
        SharedArray<int> shared = new([1, 2, 3]);
        return WorkerProcess.RunAsync(() => shared.Sum());
    }
}
