using System.Runtime.CompilerServices;
using Multiprocessing.Dictionaries;
using Multiprocessing.Memory;
using Multiprocessing.Serialization;
using Multiprocessing.Tests.Hosting;
using Multiprocessing.Tests.Memory;
using Multiprocessing.Tests.Pools;
using Multiprocessing.Tests.Workers;

namespace Multiprocessing.Tests.Dictionaries;

public class SharedDictionaryTests
{
    private enum Color
    {
        Red,
        Green,
    }

    [Fact]
    public async Task What_one_process_puts_the_others_get()
    {
        using SharedDictionary<string, int> dictionary = new() { ["one"] = 1, ["둘"] = 2 };
        string result = await WorkerProcess.RunAsync(() =>
        {
            dictionary["three"] = dictionary["one"] + dictionary["둘"];
            dictionary["one"] = 11;
            return $"{dictionary.Count} {dictionary.ContainsKey("two")} {dictionary.TryRemove("둘", out int removed)} {removed}";
        });
        Assert.Equal("3 False True 2", result);
        Assert.Equal(new Dictionary<string, int> { ["one"] = 11, ["three"] = 3 }, dictionary.OrderBy(static entry => entry.Key));
        Assert.Equal("SharedDictionary<String, Int32>: 2 entries", dictionary.ToString());
        Assert.Throws<KeyNotFoundException>(() => dictionary["둘"]);
    }

    [Fact]
    public void Its_members_do_what_those_of_a_dictionary_of_threads_do()
    {
        using SharedDictionary<int, string?> dictionary = new();
        Assert.True(dictionary.IsEmpty);
        Assert.False(dictionary.TryGetValue(1, out _));
        Assert.False(dictionary.TryRemove(1, out _));
        Assert.False(dictionary.TryUpdate(1, "b", "a"));
        Assert.True(dictionary.TryAdd(1, "a"));
        Assert.False(dictionary.TryAdd(1, "b"));
        Assert.False(dictionary.TryUpdate(1, "b", "x"));
        Assert.True(dictionary.TryUpdate(1, "b", "a"));
        Assert.Equal("b", dictionary[1]);
        Assert.Equal("b", dictionary.GetOrAdd(1, "c"));
        Assert.Equal("c", dictionary.GetOrAdd(2, "c"));
        Assert.Equal("b", dictionary.GetOrAdd(1, static _ => throw new InvalidOperationException("not asked")));
        Assert.Equal("30", dictionary.GetOrAdd(3, static key => $"{key}0"));
        Assert.Equal("30+", dictionary.AddOrUpdate(3, "new", static (key, value) => value + "+"));
        Assert.Equal("new", dictionary.AddOrUpdate(4, "new", static (key, value) => value + "+"));
        Assert.Equal("5", dictionary.AddOrUpdate(5, static key => $"{key}", static (key, value) => value + "+"));
        dictionary[6] = null;
        Assert.Null(dictionary[6]);
        Assert.Equal([1, 2, 3, 4, 5, 6], dictionary.Keys.Order());
        Assert.Equal(["b", "c", "30+", "new", "5", null], dictionary.Keys.Order().Select(key => dictionary[key]));
        Assert.Equal(6, dictionary.Values.Count());
        Assert.True(dictionary.TryRemove(1, out string? removed));
        Assert.Equal("b", removed);
        dictionary.Clear();
        Assert.Equal((0, true), (dictionary.Count, dictionary.IsEmpty));
        Assert.Empty(dictionary);
        dictionary.Clear();
        dictionary[1] = "again";
        Assert.Equal(new KeyValuePair<int, string?>(1, "again"), Assert.Single(dictionary));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_updates_by_many_at_the_same_time_none_is_lost(bool processes)
    {
        const int times = 3000;
        const int keys = 10;
        using SharedDictionary<string, long> counts = new();
        void Count()
        {
            for (int i = 0; i < times; i++)
            {
                counts.AddOrUpdate($"key {i % keys}", 1, static (_, count) => count + 1);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => processes ? WorkerProcess.RunAsync(Count) : Task.Factory.StartNew(Count, TaskCreationOptions.LongRunning)).Append(Task.Run(Count)));
        Assert.Equal(keys, counts.Count);
        Assert.All(counts, static entry => Assert.Equal(4 * times / keys, entry.Value));
    }

    [Fact]
    public async Task Of_many_that_add_a_key_one_does_and_all_get_its_value()
    {
        using SharedDictionary<int, int> dictionary = new();
        int[] Get(int who) => [.. Enumerable.Range(0, 1000).Select(key => dictionary.GetOrAdd(key, _ => who))];
        int[][] got = await Task.WhenAll(WorkerProcess.RunAsync(() => Get(1)), WorkerProcess.RunAsync(() => Get(2)), Task.Run(() => Get(3)));
        Assert.Equal(got[0], got[1]);
        Assert.Equal(got[0], got[2]);
    }

    [Fact]
    public void It_does_what_a_dictionary_does_whatever_comes_and_however_large_it_grows()
    {
        using SharedDictionary<string, string> dictionary = new();
        Dictionary<string, string> expected = [];
        Random random = new(5);
        for (int i = 0; i < 30_000; i++)
        {
            string key = $"{random.Next(3000)}";
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(expected.Remove(key, out string? was), dictionary.TryRemove(key, out string? removed));
                    Assert.Equal(was, removed);
                    break;
                case 1:
                    Assert.Equal(expected.TryGetValue(key, out string? there), dictionary.TryGetValue(key, out string? got));
                    Assert.Equal(there, got);
                    break;
                case 2:
                    Assert.Equal(expected.TryAdd(key, key), dictionary.TryAdd(key, key));
                    break;
                default:
                    expected[key] = dictionary[key] = new string((char)('a' + (i % 26)), random.Next(i % 100 == 0 ? 5000 : 50));
                    break;
            }

            Assert.Equal(expected.Count, dictionary.Count);
        }

        Assert.Equal(expected.OrderBy(static entry => entry.Key, StringComparer.Ordinal), dictionary.OrderBy(static entry => entry.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_reads_while_it_changes_and_grows_gets_whole_values()
    {
        using SharedDictionary<int, int[]> dictionary = new() { [0] = [0] };
        using SharedValue<bool> enough = new();
        Task<int> reader = WorkerProcess.RunAsync(() =>
        {
            int reads = 0;
            for (; !enough.Value; reads++)
            {
                int[] value = dictionary[0];
                if (value.AsSpan().ContainsAnyExcept(value[0]))
                {
                    return -1;
                }
            }

            return reads;
        });
        for (int i = 1; i < 5000; i++)
        {
            int[] value = new int[1 + (i % 300)];
            value.AsSpan().Fill(i);
            dictionary[0] = value;
            dictionary[i] = [i];
        }

        enough.Value = true;
        Assert.True(await reader >= 0);
        Assert.Equal(5000, dictionary.Count);
    }

    [Fact]
    public async Task Keys_are_equal_if_they_say_the_same_in_every_process()
    {
        Guid guid = Guid.NewGuid();
        using SharedDictionary<(string, int), int> texts = new();
        using SharedDictionary<(byte, long, DateTimeOffset), int> gaps = new();
        using SharedDictionary<Guid, int> bits = new();
        using SharedDictionary<Color, int> enums = new();
        using SharedDictionary<Point, int> structs = new();
        (byte, long, DateTimeOffset) gap = (1, 2, DateTimeOffset.UnixEpoch);
        await WorkerProcess.RunAsync(() =>
        {
            texts[(new string('a', 1), 1)] = 1;
            texts[("", 1)] = 5;
            gaps[gap] = 2;
            bits[guid] = 3;
            enums[Color.Green] = 4;
            structs[new Point("p", 1, null)] = 6;
            structs[new Point("p", 1, 2.5)] = 7;
        });
        Assert.Equal((1, 5, 2, 3, 4), (texts[("a", 1)], texts[("", 1)], gaps[(1, 2, DateTimeOffset.UnixEpoch)], bits[guid], enums[Color.Green]));
        Assert.Equal((6, 7), (structs[new("p", 1, null)], structs[new("p", 1, 2.5)]));
        Assert.False(texts.ContainsKey(("a", 2)));
        Assert.False(texts.ContainsKey((null!, 1)));
        Assert.Equal([new Point("p", 1, null), new Point("p", 1, 2.5)], structs.Keys.OrderBy(static point => point.Z ?? 0));
        Assert.Equal(gap, Assert.Single(gaps.Keys));
    }

    [Fact]
    public void What_cannot_be_a_key_is_refused_with_the_cause()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => new SharedDictionary<(int, object), int>());
        Assert.Contains("System.Object", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Throws<NotSupportedException>(() => new SharedDictionary<List<int>, int>());
        Assert.Throws<NotSupportedException>(() => new SharedDictionary<nint, int>());
        Assert.Throws<NotSupportedException>(() => new SharedDictionary<Inline, int>());
        using SharedDictionary<string, int> dictionary = new();
        Assert.Throws<ArgumentNullException>(() => dictionary[null!]);
        Assert.Throws<ArgumentNullException>(() => dictionary.TryAdd(null!, 1));
        Assert.Throws<ArgumentNullException>(() => dictionary.GetOrAdd("a", null!));
    }

    [Fact]
    public async Task Values_are_whatever_can_be_sent()
    {
        using SharedDictionary<string, object?> dictionary = new();
        using SharedArray<int> array = new(3);
        await WorkerProcess.RunAsync(() =>
        {
            dictionary["list"] = new List<string> { "a", "b" };
            dictionary["record"] = new Point("x", 1, 2);
            dictionary["null"] = null;
            dictionary["array"] = array;
        });
        ((SharedArray<int>)dictionary["array"]!)[1] = 5;
        Assert.Equal(5, array[1]);
        Assert.Equal(["a", "b"], Assert.IsType<List<string>>(dictionary["list"]));
        Assert.Equal(new Point("x", 1, 2), dictionary["record"]);
        Assert.Null(dictionary["null"]);
        Assert.Throws<NotShippableException>(() => dictionary["thread"] = Thread.CurrentThread);
        Assert.Equal(4, dictionary.Count);
        dictionary["trap"] = new TrapObject();
        Assert.Contains("dictionary", Assert.Throws<InvalidDataException>(() => dictionary["trap"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_made_in_a_worker_and_returned()
    {
        using SharedDictionary<int, string> dictionary = await WorkerProcess.RunAsync(static () =>
        {
            SharedDictionary<int, string> made = new();
            for (int i = 0; i < 5000; i++)
            {
                made[i] = $"{i}";
            }

            return made;
        });
        Assert.Equal("4999", dictionary[4999]);
        dictionary[5000] = "5000";
        Assert.Equal(5001, dictionary.Count);
    }

    [Fact]
    public unsafe void What_somebody_goes_through_stays_mapped_until_the_end_of_that_though_it_is_disposed_of_meanwhile()
    {
        using TestHost test = new();
        SharedDictionary<int, int> dictionary = new(test.Host) { [1] = 1 };
        Segment segment = ((ISharedObject)dictionary).Segment!;
        HashSet<string> files = [segment.Path, $"{segment.Path}.00000001"];
        List<int> mappings = [];
        DictionaryCore.Of(segment, null!).ForEach(_ =>
        {
            mappings.Add(SegmentFiles.Mappings(files));
            dictionary.Dispose();
            mappings.Add(SegmentFiles.Mappings(files));
        }, CancellationToken.None);
        mappings.Add(SegmentFiles.Mappings(files));
        Assert.Equal([2, 2, 1], mappings);
        GC.KeepAlive(segment);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_writes_keeps_its_table_though_others_in_this_process_read_and_those_in_another_let_it_grow()
    {
        using SharedDictionary<int, byte[]> dictionary = new();
        void Use()
        {
            // A table holds some dozens of these.
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    for (int i = 0; i < 30_000; i++)
                    {
                        dictionary.TryGetValue(i % 10, out byte[]? _);
                    }
                },
                TaskCreationOptions.LongRunning))];
            for (int i = 0; i < 5000; i++)
            {
                dictionary[i % 10] = new byte[2000];
            }

            Task.WaitAll(readers);
        }

        await Task.WhenAll(WorkerProcess.RunAsync(Use), WorkerProcess.RunAsync(Use));
        Assert.Equal(10, dictionary.Count);
    }

    [Fact]
    public async Task What_another_process_has_cleared_takes_no_memory_here_after_the_next_look()
    {
        using SharedDictionary<int, int> dictionary = new() { [1] = 1 };
        HashSet<string> files = [$"{((ISharedObject)dictionary).Segment!.Path}.00000001"];
        Assert.NotEqual(0, SegmentFiles.Mappings(files));
        await WorkerProcess.RunAsync(() => dictionary.Clear());
        Assert.False(dictionary.ContainsKey(1));
        if (!OperatingSystem.IsWindows())
        {
            // There one sees only that something of this process's is mapped.
            Assert.Equal(0, SegmentFiles.Mappings(files));
        }

        dictionary[2] = 2;
        Assert.Equal(2, Assert.Single(dictionary).Value);
    }

    [Fact]
    public void What_no_table_can_hold_is_refused_before_it_is_made()
    {
        IOException error = Assert.Throws<IOException>(() => DictionaryTable.Make(1, null, 11L << 30, static (_, _) => throw new InvalidOperationException("It was made.")));
        Assert.Contains("10 GB", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public unsafe void What_one_that_is_killed_leaves_half_done_is_repaired(int where)
    {
        // As it is found in the middle of a call: a thread that has entered the lock and ended stands for the process.
        using SharedDictionary<int, int> dictionary = new();
        for (int i = 0; i < 10; i++)
        {
            dictionary[i] = i;
        }

        Segment segment = ((ISharedObject)dictionary).Segment!;
        DictionaryState* state = (DictionaryState*)segment.Data;
        string file = $"{segment.Path}.00000002";
        Thread victim = new(() =>
        {
            Assert.True(new SharedLock((LockState*)segment.Lock, segment).TryEnter(out _));
            DictionaryTable table = DictionaryCore.Of(segment, null!).Use()!;
            switch (where)
            {
                case 0:
                    // A key was put into its slot and not counted; the counts are the second and the third word of the file.
                    using (MappedFile mapped = MappedFile.TryOpen($"{segment.Path}.00000001")!)
                    {
                        ((int*)mapped.Start)[1] -= 2;
                        ((int*)mapped.Start)[2] -= 2;
                    }

                    break;
                case 1:
                    state->LastTable = 2;
                    File.WriteAllText(file, "half");
                    break;
                case 2:
                    state->LastTable = 2;
                    File.WriteAllText(file, "whole, not published");
                    state->Previous = 1;
                    break;
                default:
                    File.Copy($"{segment.Path}.00000001", file);
                    state->LastTable = state->Table = 2;
                    state->Previous = 1;
                    break;
            }

            table.Leave();
        });
        victim.Start();
        victim.Join();

        dictionary[10] = 10;
        Assert.Equal(11, dictionary.Count);
        Assert.Equal(Enumerable.Range(0, 11), dictionary.Values.Order());
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(segment.Path)!, Path.GetFileName(segment.Path) + "*").Length);
    }

    [Fact]
    public async Task Whoever_waits_for_one_that_was_suspended_in_the_middle_of_a_change_can_be_cancelled_and_has_changed_nothing()
    {
        using SharedDictionary<int, string> dictionary = new() { [1] = "one" };
        Segment segment = ((ISharedObject)dictionary).Segment!;
        using ManualResetEventSlim isSuspended = new(), resume = new();
        Task suspended = Task.Factory.StartNew(() => Hold(segment, isSuspended, resume), TaskCreationOptions.LongRunning);
        isSuspended.Wait();
        using CancellationTokenSource cancel = new();
        Action[] changes =
        [
            () => dictionary.TryAdd(2, "two", cancel.Token),
            () => dictionary.TryRemove(1, out _, cancel.Token),
            () => dictionary.TryUpdate(1, "two", "one", cancel.Token),
            () => dictionary.GetOrAdd(2, "two", cancel.Token),
            () => dictionary.GetOrAdd(2, static _ => "two", cancel.Token),
            () => dictionary.AddOrUpdate(1, "two", static (_, _) => "two", cancel.Token),
            () => dictionary.AddOrUpdate(2, static _ => "two", static (_, _) => "two", cancel.Token),
            () => dictionary.Clear(cancel.Token),
            () => dictionary.ToArray(cancel.Token),
        ];
        Task[] waiting = [.. changes.Select(static change => Task.Factory.StartNew(change, TaskCreationOptions.LongRunning))];
        Task<bool> other = WorkerProcess.RunAsync(() =>
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(200));
            return Record.Exception(() => dictionary.TryAdd(2, "two", soon.Token)) is OperationCanceledException;
        });
        Assert.True(await other);
        Assert.Equal("one", dictionary[1]);
        Assert.All(waiting, static task => Assert.False(task.IsCompleted));
        await cancel.CancelAsync();
        foreach (Task task in waiting)
        {
            Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken);
        }

        resume.Set();
        await suspended;
        Assert.Throws<OperationCanceledException>(() => dictionary.TryAdd(2, "two", cancel.Token));
        Assert.Equal(new KeyValuePair<int, string>(1, "one"), Assert.Single(dictionary));
    }

    [Fact]
    public async Task After_dispose_every_use_says_so_in_every_process()
    {
        SharedDictionary<int, int> dictionary = new() { [1] = 1 };
        using SharedValue<bool> isThere = new(), go = new();
        Task<string> other = WorkerProcess.RunAsync(() =>
        {
            isThere.Value = dictionary[1] == 1;
            SpinWait.SpinUntil(() => go.Value);
            try
            {
                return $"{dictionary[1]}";
            }
            catch (ObjectDisposedException)
            {
                return "told";
            }
        });
        Assert.True(Rendezvous.Await(() => isThere.Value));
        dictionary.Dispose();
        dictionary.Dispose();
        go.Value = true;
        Assert.Equal("told", await other);
        Assert.Throws<ObjectDisposedException>(() => dictionary[1]);
        Assert.Throws<ObjectDisposedException>(() => dictionary[1] = 1);
        Assert.Throws<ObjectDisposedException>(() => dictionary.Count);
        Assert.Throws<ObjectDisposedException>(() => dictionary.TryRemove(1, out _));
        Assert.Throws<ObjectDisposedException>(() => dictionary.Clear());
        Assert.Throws<ObjectDisposedException>(() => dictionary.ToArray());
        Assert.Throws<ObjectDisposedException>(() => dictionary.GetEnumerator());
        Assert.Equal("SharedDictionary<Int32, Int32>: disposed", dictionary.ToString());
        Assert.Throws<NotShippableException>(() => WorkerProcess.RunAsync(() => dictionary.Count).GetAwaiter().GetResult());
    }

    [Fact]
    public void What_has_been_replaced_takes_no_room_and_nothing_is_left_in_the_end()
    {
        using TestHost test = new();
        SharedDictionary<int, byte[]> dictionary = new(test.Host);
        for (int i = 0; i < 20_000; i++)
        {
            dictionary[i % 10] = new byte[1000];
        }

        string[] files = SegmentFiles.Of(test.Host);
        Assert.Equal(2, files.Length);
        Assert.InRange(files.Sum(static file => new FileInfo(file).Length), 0, 200_000);
        dictionary.Dispose();
        Assert.DoesNotContain(files, File.Exists);
    }

    [LauncherFact(Timeout = 300_000)]
    public async Task Those_that_are_killed_at_any_moment_leave_whole_entries_and_stop_nobody()
    {
        using SharedDictionary<int, long[]> dictionary = new();
        Random moments = new(3);
        for (int round = 0; round < 30; round++)
        {
            using SharedValue<bool> hasBegun = new();
            IEnumerable<Action> functions = Enumerable.Range(0, 2).Select(who => (Action)(() =>
            {
                Random random = new(who);
                for (long i = 0; ; i++)
                {
                    int key = random.Next(500);
                    if (i % 7 == 0)
                    {
                        dictionary.TryRemove(key, out _);
                    }
                    else
                    {
                        long[] value = new long[random.Next(1, 60)];
                        value.AsSpan().Fill(i);
                        dictionary[key] = value;
                    }

                    hasBegun.Value = true;
                }
            }));
            await Victims.KillAsync(functions, () => hasBegun.Value, moments);
            KeyValuePair<int, long[]>[] entries = dictionary.ToArray();
            Assert.All(entries, static entry => Assert.False(entry.Value.AsSpan().ContainsAnyExcept(entry.Value[0])));
            Assert.Equal(entries.Length, dictionary.Count);
            Assert.Equal(entries.Length, entries.DistinctBy(static entry => entry.Key).Count());
            dictionary[1000] = [round];
            Assert.Equal(round, Assert.Single(dictionary[1000]));
        }
    }

    /// <summary>Has the lock of a dictionary, as one that is in the middle of a change and gets no time of a processor.</summary>
    private static unsafe void Hold(Segment segment, ManualResetEventSlim isSuspended, ManualResetEventSlim resume)
    {
        SharedLock gate = new((LockState*)segment.Lock, segment);
        Assert.True(gate.TryEnter(out _));
        isSuspended.Set();
        resume.Wait();
        gate.Exit();
    }

    private readonly record struct Point(string Name, int X, double? Z);

    [InlineArray(3)]
    private struct Inline
    {
        private int _first;
    }
}
