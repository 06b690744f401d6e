using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Memory;

public class SegmentLifeTests
{
    [LinuxFact]
    public void Folders_and_files_are_this_user_s_alone()
    {
        using SharedArray<int> shared = new(1);
        string file = NameOf(shared);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }

        Assert.StartsWith("/dev/shm/", file, StringComparison.Ordinal);
    }

    [LinuxFact(Timeout = 20_000)]
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

    [LinuxFact]
    public void The_file_and_the_memory_go_when_nobody_refers_to_the_array_any_more()
    {
        string file = Forget();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(File.Exists(file));
        Assert.DoesNotContain(file, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [LinuxFact(Timeout = 20_000)]
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

    [LinuxFact(Timeout = 30_000)]
    public async Task A_killed_worker_leaves_no_file()
    {
        using SharedValue<bool> ready = new();
        using WorkerProcess worker = new(() =>
        {
            SharedArray<int> own = new(1000);
            ready.Value = true;
            Thread.Sleep(Timeout.Infinite);
            own.Dispose();
        });
        worker.Start();
        while (!ready.Value)
        {
            await Task.Delay(1);
        }

        string folder = Path.Combine(SegmentFiles.Place, WorkerHost.Default.Memory.Folder.Name, $"w{worker.Id}");
        Assert.NotEmpty(Directory.GetFiles(folder));
        worker.Kill();
        worker.Join();

        Assert.False(Directory.Exists(folder));
    }

    [LinuxFact(Timeout = 30_000)]
    public void A_thousand_arrays_leave_no_file_no_mapping_and_no_handle()
    {
        List<SharedArray<int>> arrays = [];
        HashSet<string> files = [];
        for (int i = 0; i < 1000; i++)
        {
            using SharedArray<int> shared = new(1000);
            shared[0] = i;
            arrays.Add(shared);
            files.Add(((ISharedObject)shared).Segment!.Path);
        }

        Assert.DoesNotContain(files, File.Exists);
        Assert.Empty(SegmentFiles.OpenHandles(files));

        // A span may still be used after Dispose, so that the memory goes when nobody can have one any more.
        arrays.Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(SegmentFiles.Mappings(files), 0, 10);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("return", 0)]
    [InlineData("exit", 7)]
    [InlineData("throw", 134)]
    public async Task A_program_that_ends_leaves_nothing_although_it_disposed_of_nothing(string end, int exitCode)
    {
        using MisbehavingProgram program = MisbehavingProgram.Start($"share {end}");
        await program.Process.StandardOutput.ReadLineAsync();
        int id = program.Process.Id;
        IReadOnlyList<int> workers = Processes.Descendants(id);
        Assert.Equal(4, SegmentFiles.ObjectsOf(id));

        program.Process.StandardInput.Close();
        await program.Process.WaitForExitAsync();

        Assert.Equal(exitCode, program.Process.ExitCode);
        Assert.True(Processes.AllEnd(workers, TimeSpan.FromSeconds(2)));
        Assert.Empty(SegmentFiles.Of(id));
    }

    [LinuxFact(Timeout = 30_000)]
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

    [LinuxFact(Timeout = 30_000)]
    public async Task What_a_killed_program_leaves_the_next_one_sweeps()
    {
        using MisbehavingProgram killed = MisbehavingProgram.Start("share return");
        await killed.Process.StandardOutput.ReadLineAsync();
        int id = killed.Process.Id;
        IReadOnlyList<int> workers = Processes.Descendants(id);

        // As long as it lives: from then on any program may sweep, that of another test, too.
        Assert.NotEmpty(SegmentFiles.Of(id));
        killed.Process.Kill();
        await killed.Process.WaitForExitAsync();
        Assert.True(Processes.AllEnd(workers, TimeSpan.FromSeconds(2)));

        using MisbehavingProgram next = MisbehavingProgram.Start("print");
        await next.RunToEndAsync();
        Stopwatch limit = Stopwatch.StartNew();
        if (SegmentFiles.Of(id).Length > 0)
        {
            // A program that ends at once may not have come to it; one that shares has.
            using MisbehavingProgram sharing = MisbehavingProgram.Start("share return");
            await sharing.Process.StandardOutput.ReadLineAsync();
            while (SegmentFiles.Of(id).Length > 0 && limit.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(10);
            }
        }

        Assert.Empty(SegmentFiles.Of(id));
    }

    internal static string NameOf(ISharedObject shared) => shared.Segment!.Ship();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Forget() => NameOf(new SharedArray<int>(1000));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> StartOverForgotten()
    {
        SharedArray<int> shared = new([1, 2, 3]);
        return WorkerProcess.RunAsync(() => shared.Sum());
    }
}
