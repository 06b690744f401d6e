using System.Runtime.CompilerServices;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Workers;

namespace Multiprocessing.Tests.Workers;

/// <summary>Hosts of one process know nothing of each other.</summary>
public sealed class WorkerHostTests : IDisposable
{
    private readonly TestHost _first = new();
    private readonly TestHost _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Each_shows_what_its_own_workers_print()
    {
        string[] outputs = await Task.WhenAll(Task.Run(() => Print(_first, "first")), Task.Run(() => Print(_second, "second")));

        Assert.Equal(Enumerable.Repeat("first", 60), Lines(outputs[0]));
        Assert.Equal(Enumerable.Repeat("second", 60), Lines(outputs[1]));
        Assert.Equal(("", ""), (_first.Stray, _second.Stray));

        static string Print(TestHost test, string name)
        {
            using TestCell cell = test.BeginCell();
            using WorkerPool pool = new(test.Host, 2);
            for (int i = 0; i < 10; i++)
            {
                using WorkerProcess worker = new(test.Host, () => Console.WriteLine(name));
                worker.Start();
                pool.ForEach(_ => Console.WriteLine(name), Enumerable.Range(0, 5));
                worker.Join();
            }

            return cell.Output;
        }
    }

    [LauncherFact]
    public async Task What_nobody_waits_for_is_kept_for_its_own_host_though_another_waits_meanwhile()
    {
        using SharedValue<bool> enough = new();
        Task<string> waiting = Task.Run(() =>
        {
            using TestCell cell = _second.BeginCell();
            using WorkerProcess other = new(_second.Host, () => SpinWait.SpinUntil(() => enough.Value));
            other.Start();
            other.Join();
            return cell.Output + _second.Stray;
        });
        Assert.True(Rendezvous.Await(() => _second.Host.Live.List().Count == 1));
        using WorkerProcess worker = new(_first.Host, static () => Console.WriteLine("kept"));
        worker.Start();
        Assert.True(Processes.AllEnd([worker.Id]));
        enough.Value = true;
        Assert.Equal("", await waiting);

        using TestCell cell = _first.BeginCell();
        worker.Join();
        Assert.Equal("kept\n", cell.Output);
    }

    [Fact]
    public void Each_has_live_workers_and_a_stock_of_its_own()
    {
        using WorkerProcess worker = new(_first.Host, Doze), other = new(_second.Host, Doze);
        worker.Start();
        other.Start();
        Assert.Equal(("Worker-1", "Worker-1"), (worker.Name, other.Name));
        Assert.Equal(worker.Id, Assert.Single(_first.Host.Live.List()).ProcessId);
        Assert.Equal(other.Id, Assert.Single(_second.Host.Live.List()).ProcessId);

        WorkerPool.Prepare(_first.Host, 3);
        Assert.True(Rendezvous.Await(() => _first.Host.Stock.ProcessIds().Length >= 3));
        _first.Host.Stock.Clear();
        Assert.False(_first.Host.Live.Kill(other.Id));
        Assert.True(_second.Host.Live.Kill(other.Id));
        Assert.Equal((true, false), (worker.IsAlive, other.IsAlive));
    }

    [InspectedFact]
    public void Disposing_of_one_leaves_none_of_its_processes_and_files_and_the_other_goes_on()
    {
        using WorkerPool pool = new(_first.Host, 2), other = new(_second.Host, 2);
        int[] ids = pool.WorkerIds(), otherIds = other.WorkerIds();
        using SharedArray<int> shared = new(10, _first.Host), otherShared = new(10, _second.Host);
        using WorkerProcess holder = new(_first.Host, () =>
        {
            using SharedArray<int> own = new(10);
            shared[1] = 1;
            Thread.Sleep(Timeout.Infinite);
        });
        holder.Start();
        Assert.True(Rendezvous.Await(() => shared[1] == 1));
        Assert.Empty(SegmentFiles.FoldersOf(_first.Host).Intersect(SegmentFiles.FoldersOf(_second.Host)));
        string[] files = SegmentFiles.Of(_first.Host);
        Assert.NotEmpty(files);
        Assert.True(Processes.WithArgument(_first.Host.Memory.Folder.Name).Count >= 3);

        _first.Dispose();

        Assert.False(Array.Exists([.. ids, holder.Id], Processes.Exists));
        Assert.Empty(Processes.WithArgument(_first.Host.Memory.Folder.Name));
        Assert.DoesNotContain(files, File.Exists);
        Assert.True(OperatingSystem.IsWindows() || !Array.Exists(SegmentFiles.FoldersOf(_first.Host), Directory.Exists));
        other.ForEach(x => otherShared[x] = x, Enumerable.Range(0, 10));
        Assert.Equal(Enumerable.Range(0, 10), otherShared);
        Assert.Equal(otherIds.Order(), other.WorkerIds().Order());
    }

    /// <summary>Windows deletes no file that is mapped, nor a folder with one in it.</summary>
    [Fact]
    public void The_folder_of_one_that_was_disposed_of_is_gone_at_the_latest_when_nobody_maps_anything_in_it()
    {
        Map(_first.Host);
        Assert.Contains(SegmentFiles.FoldersOf(_first.Host), Directory.Exists);
        _first.Dispose();

        Assert.True(Rendezvous.Await(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !Array.Exists(SegmentFiles.FoldersOf(_first.Host), Directory.Exists);
        }));
    }

    [InspectedFact]
    public void Disposing_of_one_whose_stock_is_filling_leaves_nothing_and_nothing_comes_later()
    {
        string[] names = new string[8];
        for (int i = 0; i < names.Length; i++)
        {
            using TestHost test = new();
            names[i] = test.Host.Memory.Folder.Name;
            test.Host.Stock.Prepare(3);

            // It begins after a moment.
            Thread.Sleep(15 + (i * 4));
        }

        Assert.All(names, static name => Assert.Empty(Processes.WithArgument(name)));
        Thread.Sleep(300);
        Assert.All(names, static name => Assert.Empty(Processes.WithArgument(name)));
    }

    [Fact]
    public async Task A_shared_object_of_one_is_the_same_object_in_a_worker_of_another()
    {
        using SharedValue<int> shared = new(1, _first.Host);
        using ProcessQueue<string> queue = new(null, _first.Host);
        await _second.RunAsync(() =>
        {
            queue.Enqueue($"{shared.Increment()}");
        });

        Assert.Equal((2, "2"), (shared.Value, queue.Dequeue()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Map(WorkerHost host) => _ = new SharedArray<int>(10, host)[0] + new SharedArray<int>(10, host)[0];

    private static void Doze() => Thread.Sleep(Timeout.Infinite);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
