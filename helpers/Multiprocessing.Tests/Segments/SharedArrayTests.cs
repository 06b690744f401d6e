using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multiprocessing.Tests.Cells;

namespace Multiprocessing.Tests.Segments;

public class SharedArrayTests
{
    [Fact(Timeout = 20_000)]
    public async Task What_a_worker_writes_its_parent_sees()
    {
        using SharedArray<int> squares = new(5);
        await WorkerProcess.RunAsync(() =>
        {
            for (int i = 0; i < squares.Length; i++)
            {
                squares[i] = i * i;
            }
        });

        Assert.Equal([0, 1, 4, 9, 16], squares.ToArray());
        Assert.Equal(30, squares.Sum());
    }

    [Fact(Timeout = 20_000)]
    public async Task What_the_parent_writes_a_running_worker_sees()
    {
        using SharedArray<double> data = new([1.5, 2.5]);
        using WorkerProcess worker = new(() =>
        {
            Span<double> span = data.Span;
            SpinWait wait = default;
            while (Volatile.Read(ref span[0]) < 10)
            {
                wait.SpinOnce();
            }

            span[1] = span[0] * 2;
        });
        worker.Start();
        data[0] = 21;

        Assert.True(worker.Join(TimeSpan.FromSeconds(10)));
        await Task.Yield();
        Assert.Equal(42, data[1]);
    }

    [Fact(Timeout = 20_000)]
    public async Task It_is_shared_by_a_lambda_of_a_cell()
    {
        object? result = await new Notebook().RunAsync(
            "var result = new SharedArray<int>(3);",
            "void Fill(int[] xs) { for (int i = 0; i < xs.Length; i++) result[i] = xs[i] * xs[i]; }",
            "var p = new WorkerProcess(() => Fill(new[] { 2, 3, 4 })); p.Start(); p.Join(); result[^1] + result.Sum()");

        Assert.Equal(45, result);
    }

    [Fact(Timeout = 20_000)]
    public async Task Wherever_it_sits_in_the_data_it_is_one_object()
    {
        using SharedArray<int> shared = new(1);
        Dictionary<string, object> data = new() { ["a"] = shared, ["b"] = new[] { shared } };

        bool same = await WorkerProcess.RunAsync(() =>
        {
            shared[0] = 7;
            return ReferenceEquals(data["a"], shared) && ReferenceEquals(((SharedArray<int>[])data["b"])[0], shared);
        });

        Assert.True(same);
        Assert.Equal(7, shared[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_index_outside_is_refused(int index)
    {
        using SharedArray<long> shared = new(3);

        Assert.Contains("3 elements", Assert.Throws<IndexOutOfRangeException>(() => shared[index]).Message, StringComparison.Ordinal);
        Assert.Throws<IndexOutOfRangeException>(() => shared[index] = 1);
    }

    [Fact]
    public void Lengths_that_no_array_has_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<byte>(int.MaxValue));
        using SharedArray<byte> empty = new(0);
        Assert.Empty(empty);
        Assert.Throws<IndexOutOfRangeException>(() => empty[0]);
    }

    [Fact]
    public void More_than_there_is_room_for_is_refused()
    {
        IOException error = Assert.Throws<IOException>(() => new SharedArray<Megabyte>(Array.MaxLength).Dispose());

        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_that_are_addresses_are_refused()
    {
        Assert.Contains("use long", Assert.Throws<NotSupportedException>(() => new SharedArray<nint>(1)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new SharedArray<(int, nuint)>(1));
        using SharedArray<(int Id, DateTime When)> pairs = new(2);
        pairs[1] = (5, DateTime.UnixEpoch);
        Assert.Equal((5, DateTime.UnixEpoch), pairs[1]);
    }

    [Fact]
    public void After_dispose_every_use_says_so()
    {
        SharedArray<int> shared = new([1, 2, 3]);
        ProcessLock gate = shared.Lock;
        IEnumerator<int> elements = shared.GetEnumerator();
        Assert.True(elements.MoveNext());
        shared.Dispose();
        shared.Dispose();

        Assert.Throws<ObjectDisposedException>(() => shared[0]);
        Assert.Throws<ObjectDisposedException>(() => shared[0] = 1);
        Assert.Throws<ObjectDisposedException>(() => shared.Length);
        Assert.Throws<ObjectDisposedException>(() => shared.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => shared.Lock);
        Assert.Throws<ObjectDisposedException>(() => shared.ToArray());
        Assert.Throws<ObjectDisposedException>(() => elements.MoveNext());
        Assert.Throws<ObjectDisposedException>(gate.Enter);
        Assert.Equal("SharedArray<Int32>: disposed", shared.ToString());
    }

    [Fact(Timeout = 20_000)]
    public async Task One_that_was_disposed_of_is_not_sent()
    {
        SharedArray<int> shared = new(1);
        shared.Dispose();

        NotShippableException error = await Assert.ThrowsAsync<NotShippableException>(() => WorkerProcess.RunAsync(() => shared[0]));

        Assert.Contains("shared", error.Path, StringComparison.Ordinal);
        Assert.Contains("disposed", error.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_worker_that_disposes_of_it_does_not_end_it_for_others()
    {
        using SharedArray<int> shared = new(1);
        await WorkerProcess.RunAsync(() =>
        {
            shared[0]++;
            shared.Dispose();
        });
        await WorkerProcess.RunAsync(() => shared[0]++);

        Assert.Equal(2, shared[0]);
    }

    [Fact(Timeout = 20_000)]
    public async Task One_that_a_worker_made_and_returned_lives_on_here_and_can_be_sent_on()
    {
        using SharedArray<int> made = await WorkerProcess.RunAsync(() => new SharedArray<int>([1, 2, 3]));
        int[] elsewhere = await WorkerProcess.RunAsync(() =>
        {
            made[0] = 10;
            return made.ToArray();
        });

        Assert.Equal([10, 2, 3], made.ToArray());
        Assert.Equal([10, 2, 3], elsewhere);
    }

    [Fact(Timeout = 20_000)]
    public async Task One_that_a_worker_of_a_worker_made_lives_on_here()
    {
        using SharedArray<int> made = await WorkerProcess.RunAsync(() => WorkerProcess.RunAsync(() => new SharedArray<int>([4])));
        int elsewhere = await WorkerProcess.RunAsync(() => made[0] * 2);

        Assert.Equal(8, elsewhere);
    }

    [Fact(Timeout = 20_000)]
    public async Task One_that_was_sent_and_comes_back_is_the_same_memory()
    {
        using SharedArray<int> sent = new(1);
        using SharedArray<int> back = await WorkerProcess.RunAsync(() => sent);
        back[0] = 3;
        Assert.Equal(3, sent[0]);

        sent.Dispose();
        Assert.Equal(3, back[0]);
        Assert.Equal(3, await WorkerProcess.RunAsync(() => back[0]));
    }

    [Fact(Timeout = 20_000)]
    public async Task One_that_a_worker_disposed_of_cannot_be_its_result()
    {
        WorkerException error = await Assert.ThrowsAsync<WorkerException>(() => WorkerProcess.RunAsync(() =>
        {
            using SharedArray<int> made = new(1);
            return made;
        }));

        Assert.Contains("disposed", error.OriginalMessage, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task Dispose_in_the_middle_of_accesses_ends_them_without_a_crash()
    {
        for (int round = 0; round < 200; round++)
        {
            SharedArray<int> shared = new(1000);
            Task<bool>[] users = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => UseUntilDisposed(shared)))];
            await Task.Delay(1);
            shared.Dispose();
            Assert.All(await Task.WhenAll(users), Assert.True);
        }
    }

    [Fact]
    public void A_span_of_an_array_that_nobody_refers_to_any_more_stays_good()
    {
        Span<int> span = SpanOfForgotten(dispose: false);
        Collect();

        Assert.Equal(5, span[0]);
        span[0] = 6;
        Assert.Equal(6, span[0]);
    }

    [LinuxFact]
    public void A_span_of_an_array_that_was_disposed_of_does_not_crash()
    {
        Span<int> span = SpanOfForgotten(dispose: true);
        Collect();

        span[0] = 6;
        Assert.Equal(6, span[0]);
    }

    [Fact]
    public void It_shows_its_first_elements()
    {
        using SharedArray<int> few = new([1, 2]);
        using SharedArray<int> many = new([.. Enumerable.Range(1, 100)]);

        Assert.Equal("SharedArray<Int32>[2] { 1, 2 }", few.ToString());
        Assert.Equal("SharedArray<Int32>[100] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, … }", many.ToString());
    }

    [Fact(Timeout = 20_000)]
    public async Task Arrays_of_more_than_2_GB_work()
    {
        const int length = 300_000_000;
        using SharedArray<long> shared = new(length);
        await WorkerProcess.RunAsync(() => shared[length - 1] = 42);

        Assert.Equal(42, shared[^1]);
        Assert.Equal(0, shared[length / 2]);
    }

    [StructLayout(LayoutKind.Sequential, Size = 1 << 20)]
    private struct Megabyte;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<int> SpanOfForgotten(bool dispose)
    {
        SharedArray<int> shared = new(10_000);
        shared[0] = 5;
        Span<int> span = shared.Span;
        if (dispose)
        {
            shared.Dispose();
        }

        return span;
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static bool UseUntilDisposed(SharedArray<int> shared)
    {
        try
        {
            for (int i = 0; ; i = (i + 1) % 1000)
            {
                shared[i]++;
            }
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
