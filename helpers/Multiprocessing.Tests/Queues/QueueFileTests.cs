using System.Runtime.CompilerServices;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Queues;

/// <summary>The files behind a queue.</summary>
public class QueueFileTests() : FileLifeContract("queue")
{
    [Fact(WineGap = WineGaps.Access)]
    public void All_files_are_this_user_s_alone()
    {
        using ProcessQueue<byte[]> queue = new();
        queue.Enqueue(new byte[500_000]);
        string[] files = FilesOf(queue);
        Assert.True(files.Length > 1, string.Join(' ', files));
        Assert.All(files, OwnAccess.AssertOfFile);
    }

    [Fact]
    public async Task All_files_go_with_dispose()
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
        queue.Dispose();
        Assert.DoesNotContain(files, File.Exists);
    }

    [Fact]
    public void What_has_been_taken_takes_no_room_for_long()
    {
        using TestHost test = new();
        using ProcessQueue<byte[]> queue = new(null, test.Host);
        for (int i = 0; i < 200; i++)
        {
            queue.Enqueue(new byte[1_000_000]);
        }

        Assert.True(BytesOf(test) > 200_000_000);
        for (int i = 0; i < 200; i++)
        {
            queue.Dequeue();
        }

        Assert.InRange(FilesOf(queue).Sum(static file => new FileInfo(file).Length), 0, 50_000_000);

        // With what has lost its name: those that the producer was the last to fill, and has still mapped.
        Assert.InRange(BytesOf(test), 0, 100_000_000);
    }

    [Fact]
    public void A_few_small_items_take_little_room()
    {
        using TestHost test = new();
        using ProcessQueue<int> queue = new(null, test.Host);
        Assert.InRange(BytesOf(test), 0, 10_000);
        for (int i = 0; i < 100; i++)
        {
            queue.Enqueue(i);
        }

        Assert.InRange(BytesOf(test), 0, 100_000);
    }

    [LinuxFact("on other systems the temp folder is all there is")]
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

    private protected override List<object> UseMany(WorkerHost host, ISet<string> files)
    {
        List<object> queues = [];
        for (int i = 0; i < 100; i++)
        {
            using ProcessQueue<int[]> queue = new(null, host);
            queues.Add(queue);
            queue.Enqueue(new int[100_000]);
            _ = queue.Dequeue();
            files.UnionWith(FilesOf(queue));
        }

        return queues;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override void Forget(WorkerHost host, ISet<string> files)
    {
        ProcessQueue<int> queue = new(null, host);
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

    // All that is there: on Windows a file that is to go may still be, under another name.
    private static long BytesOf(TestHost test) => SegmentFiles.Of(test.Host).Sum(static file => new FileInfo(file).Length);

    private static string WriteEmpty(string path)
    {
        File.WriteAllText(path, "");
        return path;
    }
}
