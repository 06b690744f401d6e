using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Workers;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>The files behind a queue.</summary>
public class QueueFileTests
{
    [LinuxFact(Timeout = 60_000)]
    public async Task All_files_are_this_user_s_alone_and_go_with_dispose()
    {
        ProcessQueue<object> queue = new();
        await WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                queue.Enqueue(new byte[500_000]);
            }

            queue.Enqueue(new ItemTests.Person("Kim", 30, []));
        });
        string[] files = FilesOf(queue);
        Assert.True(files.Length > 3, string.Join(' ', files));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], files.Select(File.GetUnixFileMode).Distinct());
        }

        queue.Dispose();
        Assert.DoesNotContain(files, File.Exists);
    }

    [LinuxFact]
    public void What_has_been_taken_takes_no_room_for_long()
    {
        using ProcessQueue<byte[]> queue = new();
        for (int i = 0; i < 200; i++)
        {
            queue.Enqueue(new byte[1_000_000]);
        }

        Assert.True(BytesOf(queue) > 200_000_000);
        for (int i = 0; i < 200; i++)
        {
            queue.Dequeue();
        }

        Assert.InRange(BytesOf(queue), 0, 50_000_000);
    }

    [LinuxFact]
    public void A_few_small_items_take_little_room()
    {
        using ProcessQueue<int> queue = new();
        Assert.InRange(BytesOf(queue), 0, 10_000);
        for (int i = 0; i < 100; i++)
        {
            queue.Enqueue(i);
        }

        Assert.InRange(BytesOf(queue), 0, 100_000);
    }

    [LinuxFact(Timeout = 60_000)]
    public void A_hundred_queues_leave_no_file_no_mapping_and_no_handle()
    {
        List<ProcessQueue<int[]>> queues = [];
        HashSet<string> files = [];
        for (int i = 0; i < 100; i++)
        {
            using ProcessQueue<int[]> queue = new();
            queues.Add(queue);
            queue.Enqueue(new int[100_000]);
            _ = queue.Dequeue();
            files.UnionWith(FilesOf(queue));
        }

        Assert.DoesNotContain(files, File.Exists);
        Assert.Empty(SegmentFiles.OpenHandles(files));
        queues.Clear();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(SegmentFiles.Mappings(files), 0, 10);
    }

    [LinuxFact]
    public void Files_and_memory_go_when_nobody_refers_to_the_queue_any_more()
    {
        string[] files = Forget();
        Assert.True(files.Length >= 2);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(files, File.Exists);
        string maps = File.ReadAllText("/proc/self/maps");
        Assert.DoesNotContain(files, file => maps.Contains(file, StringComparison.Ordinal));
    }

    [LinuxFact(Timeout = 60_000)]
    public void Where_there_is_no_room_in_memory_the_temp_folder_takes_the_rest()
    {
        using ProcessQueue<byte[]> queue = new();
        Segment segment = ((ISharedObject)queue).Segment!;
        string elsewhere = Path.Combine(Path.GetTempPath(), WorkerHost.Default.Memory.Folder.Name);
        string part = SegmentParts.Create(segment, "0123456789abcdef", path => path.StartsWith("/dev/shm", StringComparison.Ordinal)
            ? throw new IOException("full")
            : WriteEmpty(path));

        Assert.StartsWith(elsewhere, part, StringComparison.Ordinal);
        Assert.Equal(part, SegmentParts.Find(segment, "0123456789abcdef"));
        queue.Dispose();
        Assert.False(File.Exists(part));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("queue return", 0)]
    [InlineData("queue exit", 7)]
    [InlineData("queue throw", 134)]
    [InlineData("portable queue return", 0)]
    public async Task A_program_that_ends_leaves_nothing_although_it_disposed_of_nothing(string verb, int exitCode)
    {
        using MisbehavingProgram program = MisbehavingProgram.Start(verb);
        Assert.Equal("60 1000", await program.Process.StandardOutput.ReadLineAsync());
        int id = program.Process.Id;
        Assert.True(SegmentFiles.Of(id).Count(File.Exists) > 4);

        program.Process.StandardInput.Close();
        await program.Process.WaitForExitAsync();

        Assert.Equal(exitCode, program.Process.ExitCode);
        Assert.Empty(SegmentFiles.Of(id));
    }

    [LinuxFact(Timeout = 60_000)]
    public async Task What_a_killed_program_leaves_the_next_one_sweeps()
    {
        using MisbehavingProgram killed = MisbehavingProgram.Start("queue return");
        await killed.Process.StandardOutput.ReadLineAsync();
        int id = killed.Process.Id;
        IReadOnlyList<int> workers = Processes.Descendants(id);

        // As long as it lives: from then on any program may sweep, that of another test, too.
        Assert.NotEmpty(SegmentFiles.Of(id));
        killed.Process.Kill();
        await killed.Process.WaitForExitAsync();
        Assert.True(Processes.AllEnd(workers, TimeSpan.FromSeconds(5)));

        using MisbehavingProgram next = MisbehavingProgram.Start("queue return");
        await next.Process.StandardOutput.ReadLineAsync();
        Stopwatch limit = Stopwatch.StartNew();
        while (SegmentFiles.Of(id).Length > 0 && limit.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(10);
        }

        Assert.Empty(SegmentFiles.Of(id));
    }

    [LinuxFact(Timeout = 60_000)]
    public async Task A_killed_worker_leaves_no_file_of_its_own_queue()
    {
        using SharedValue<bool> ready = new();
        using WorkerProcess worker = new(() =>
        {
            ProcessQueue<int[]> own = new();
            own.Enqueue(new int[1_000_000]);
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
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        worker.Kill();
        worker.Join();

        Assert.False(Directory.Exists(folder));
    }

    private static string[] FilesOf(ISharedObject queue)
    {
        string path = queue.Segment!.Path;
        return Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
    }

    private static long BytesOf(ISharedObject queue) => FilesOf(queue).Sum(static file => new FileInfo(file).Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string[] Forget()
    {
        ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        return FilesOf(queue);
    }

    private static string WriteEmpty(string path)
    {
        File.WriteAllText(path, "");
        return path;
    }
}
