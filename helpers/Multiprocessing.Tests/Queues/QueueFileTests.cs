using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>The files behind a queue.</summary>
public class QueueFileTests() : FileLifeContract("queue")
{
    [LinuxFact]
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

    [LinuxFact]
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

    protected override List<object> UseMany(ISet<string> files)
    {
        List<object> queues = [];
        for (int i = 0; i < 100; i++)
        {
            using ProcessQueue<int[]> queue = new();
            queues.Add(queue);
            queue.Enqueue(new int[100_000]);
            _ = queue.Dequeue();
            files.UnionWith(FilesOf(queue));
        }

        return queues;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Forget(ISet<string> files)
    {
        ProcessQueue<int> queue = new();
        queue.Enqueue(1);
        files.UnionWith(FilesOf(queue));
        Assert.True(files.Count >= 2);
    }

    protected override Action Making(SharedValue<bool> made) => () =>
    {
        ProcessQueue<int[]> own = new();
        own.Enqueue(new int[1_000_000]);
        made.Value = true;
        Thread.Sleep(Timeout.Infinite);
        own.Dispose();
    };

    protected override void AssertMade(int program, string? said)
    {
        Assert.Equal("60 1000", said);
        Assert.True(SegmentFiles.Of(program).Count(File.Exists) > 4);
    }

    private static string[] FilesOf(ISharedObject queue)
    {
        string path = queue.Segment!.Path;
        return Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
    }

    private static long BytesOf(ISharedObject queue) => FilesOf(queue).Sum(static file => new FileInfo(file).Length);

    private static string WriteEmpty(string path)
    {
        File.WriteAllText(path, "");
        return path;
    }
}
