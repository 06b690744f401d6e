using Multiprocessing.Tests.Cells;

namespace Multiprocessing.Tests.Queues;

/// <summary>What can be an item.</summary>
public class ItemTests
{
    public record Person(string Name, int Age, List<string> Tags);

    [Fact]
    public void Values_of_every_kind_come_out_as_they_went_in()
    {
        Check(byte.MaxValue, (byte)0);
        Check(1.5m, -1m);
        Check(DateTime.UnixEpoch, DateTime.MaxValue);
        Check<int?>(null, 5);
        Check(DayOfWeek.Friday, DayOfWeek.Monday);
        Check((1, 2.5, Guid.NewGuid()), default);
        Check((1, "two"), (3, null!));
        Check<object?>(1, "two", null, 3.5, DayOfWeek.Friday);
    }

    [Fact]
    public void Strings_come_out_as_they_went_in() => Check("", "한글", null, "lone \ud800 surrogate", new string('x', 5_000_000), "\0");

    [Fact]
    public void Arrays_come_out_as_they_went_in()
    {
        Check<int[]?>([], null, [1, 2, 3], new int[3_000_000]);
        Check<double[]>([double.NaN, 1]);
        Check<string?[]>(["a", null]);
        Check<int[][]>([[1], []]);
        Check<(int, DateTime)[]>([(1, DateTime.UnixEpoch)]);

        using ProcessQueue<int[]> queue = new();
        queue.Enqueue((int[])(object)new uint[] { 7 });
        Assert.IsType<uint[]>((object)queue.Dequeue());
    }

    [Fact]
    public void Objects_come_out_as_copies()
    {
        using ProcessQueue<Person> queue = new();
        Person kim = new("Kim", 30, ["a"]);
        queue.Enqueue(kim);
        kim.Tags.Add("later");

        Person copy = queue.Dequeue();
        Assert.NotSame(kim, copy);
        Assert.Equal(("Kim", 30), (copy.Name, copy.Age));
        Assert.Equal(["a"], copy.Tags);
    }

    [Fact]
    public void Items_of_all_sizes_in_any_order_come_out_as_they_went_in()
    {
        Random random = new(11);
        using ProcessQueue<byte[]> queue = new();
        Queue<byte[]> model = new();
        for (int i = 0; i < 3000; i++)
        {
            if (random.Next(5) < 3)
            {
                byte[] item = new byte[random.Next(20) switch { 0 => random.Next(6_000_000), < 5 => random.Next(200_000), _ => random.Next(100) }];
                item.AsSpan().Fill((byte)i);
                queue.Enqueue(item);
                model.Enqueue(item);
            }
            else if (model.TryDequeue(out byte[]? expected))
            {
                Assert.True(expected.AsSpan().SequenceEqual(queue.Dequeue()));
            }
            else
            {
                Assert.False(queue.TryDequeue(out _));
            }

            Assert.Equal(model.Count, queue.Count);
        }

        Assert.All(model, expected => Assert.True(expected.AsSpan().SequenceEqual(queue.Dequeue())));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public async Task One_item_may_be_larger_than_any_chunk()
    {
        const int length = 300_000_000;
        using ProcessQueue<byte[]> queue = new();
        await WorkerProcess.RunAsync(() =>
        {
            byte[] item = new byte[length];
            item[^1] = 42;
            queue.Enqueue(item);
            queue.Enqueue([1]);
        });

        byte[] received = queue.Dequeue();
        Assert.Equal((length, 42), (received.Length, received[^1]));
        Assert.Equal([1], queue.Dequeue());
    }

    [Fact]
    public void What_cannot_go_is_refused_where_it_is_enqueued()
    {
        using ProcessQueue<Dictionary<string, object>> queue = new();

        NotShippableException error = Assert.Throws<NotShippableException>(() => queue.Enqueue(new() { ["log"] = new Thread(static () => { }) }));

        Assert.Equal("queue item -> [log]", error.Path);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public async Task Shared_objects_are_the_same_on_both_sides()
    {
        using ProcessQueue<SharedArray<int>> queue = new();
        Task<int> worker = WorkerProcess.RunAsync(() =>
        {
            SharedArray<int> received = queue.Dequeue();
            received[1] = 2;
            return received[0];
        });
        using SharedArray<int> shared = new([1, 0]);
        queue.Enqueue(shared);

        Assert.Equal(1, await worker);
        Assert.Equal(2, shared[1]);
    }

    [Fact]
    public async Task A_queue_can_go_through_a_queue()
    {
        using ProcessQueue<ProcessQueue<int>> requests = new();
        Task worker = WorkerProcess.RunAsync(() => requests.Dequeue().Enqueue(42));
        using ProcessQueue<int> answers = new();
        requests.Enqueue(answers);

        Assert.Equal(42, answers.Dequeue());
        await worker;
    }

    [Fact]
    public async Task Code_of_a_later_cell_reaches_a_worker_that_was_started_before()
    {
        object? result = await new Notebook().RunAsync(
            """
            var work = new ProcessQueue<Func<object>>(); var results = new ProcessQueue<object>();
            var p = new WorkerProcess(() => { foreach (var f in work.GetConsumingEnumerable()) results.Enqueue(f()); });
            p.Start();
            """,
            "record Point(int X, int Y) { public int Sum() => X + Y; } class Box<T> { public T Value; } int Twice(int x) => x * 2;",
            """
            int captured = 20;
            work.Enqueue(() => new Box<Point> { Value = new Point(Twice(captured), 2) });
            work.CompleteAdding(); p.Join();
            ((Box<Point>)results.Dequeue()).Value.Sum()
            """);

        Assert.Equal(42, result);
    }

    [Fact]
    public async Task Code_goes_from_a_worker_that_has_it_to_one_that_has_not()
    {
        object? result = await new Notebook().RunAsync(
            "var work = new ProcessQueue<Func<int>>(); var results = new ProcessQueue<int>(); var consumer = new WorkerProcess(() => results.Enqueue(work.Dequeue()())); consumer.Start();",
            "int Twice(int x) => x * 2;",
            "await WorkerProcess.RunAsync(() => { int y = 21; work.Enqueue(() => Twice(y)); }); results.Dequeue()");

        Assert.Equal(42, result);
    }

    [Fact]
    public async Task Items_of_a_type_of_a_cell_come_from_a_worker()
    {
        object? result = await new Notebook().RunAsync(
            "record struct Pixel(byte R, byte G); record Named(string Name, Pixel Pixel);",
            "var pixels = new ProcessQueue<Pixel>(); var named = new ProcessQueue<Named>(3);",
            "var p = new WorkerProcess(() => { pixels.Enqueue(new(1, 2)); named.Enqueue(new(\"x\", new(3, 4))); named.CompleteAdding(); }); p.Start(); p.Join();",
            "$\"{pixels.Dequeue()} {string.Join(\",\", named.GetConsumingEnumerable())}\"");

        Assert.Equal("Pixel { R = 1, G = 2 } Named { Name = x, Pixel = Pixel { R = 3, G = 4 } }", result);
    }

    [Fact]
    public void An_item_that_cannot_be_rebuilt_is_an_error_of_its_own()
    {
        using ProcessQueue<object> queue = new();
        queue.Enqueue(new HashSet<Picky>([new Picky()]));
        queue.Enqueue("next");
        Picky.IsPicky = true;
        try
        {
            Assert.Contains("picky", Assert.Throws<InvalidDataException>(() => queue.Dequeue()).Message, StringComparison.Ordinal);
        }
        finally
        {
            Picky.IsPicky = false;
        }

        Assert.Equal("next", queue.Dequeue());
    }

    private sealed class Picky
    {
        public static bool IsPicky { get; set; }

        public override bool Equals(object? obj) => obj is Picky;

        public override int GetHashCode() => IsPicky ? throw new NotSupportedException("picky") : 1;
    }

    private static void Check<T>(params T[] items)
    {
        using ProcessQueue<T> queue = new();
        foreach (T item in items)
        {
            queue.Enqueue(item);
        }

        queue.CompleteAdding();
        Assert.Equal(items, queue.GetConsumingEnumerable());
    }
}
